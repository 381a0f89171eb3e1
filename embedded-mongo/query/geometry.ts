import { fail } from '../errors.ts';
import { type Doc, isArray, isDocument, isNumber } from '../values/kinds.ts';
import { asNumber } from '../values/numbers.ts';

/** Longitude and latitude in degrees, or any x and y on a plane. */
export type Point = readonly [x: number, y: number];
type Ring = readonly Point[];
/** What a shape consists of: single points, lines, and polygons, each with its holes. */
export type Geometry = { points: Point[]; lines: Ring[]; polygons: Ring[][]; geoJson: boolean };

export const earthRadiusMeters = 6_378_100;
const radians = Math.PI / 180;

/** Reads GeoJSON, or the old form of a point as two numbers. Undefined if it is neither. */
export function readGeometry(value: unknown): Geometry | undefined {
  const legacy = readPoint(value);
  if (legacy) return { points: [legacy], lines: [], polygons: [], geoJson: false };
  if (!isDocument(value) || typeof value.type !== 'string') return undefined;
  const geometry: Geometry = { points: [], lines: [], polygons: [], geoJson: true };
  return addGeoJson(value, geometry) ? geometry : undefined;
}

/** Two numbers in an array or in the first two fields of a document. */
export function readPoint(value: unknown): Point | undefined {
  const parts = isArray(value)
    ? value
    : isDocument(value) && !('coordinates' in value)
      ? Object.values(value)
      : [];
  const [x, y] = parts;
  return isNumber(x) && isNumber(y) ? [asNumber(x, 0), asNumber(y, 0)] : undefined;
}

function addGeoJson({ type, coordinates, geometries }: Doc, into: Geometry): boolean {
  switch (type) {
    case 'Point':
      return addAll([coordinates], readPoint, into.points);
    case 'MultiPoint':
      return addAll(coordinates, readPoint, into.points);
    case 'LineString':
      return addAll([coordinates], readUnbroken, into.lines);
    case 'MultiLineString':
      return addAll(coordinates, readUnbroken, into.lines);
    case 'Polygon':
      return addAll([coordinates], readPolygon, into.polygons);
    case 'MultiPolygon':
      return addAll(coordinates, readPolygon, into.polygons);
    case 'GeometryCollection':
      return isArray(geometries) && geometries.every((one) => isDocument(one) && addGeoJson(one, into));
    default:
      return false;
  }
}

function addAll<T>(values: unknown, read: (value: unknown) => T | undefined, into: T[]): boolean {
  if (!isArray(values)) return false;
  for (const value of values) {
    const made = read(value);
    if (made === undefined) return false;
    into.push(made);
  }
  return true;
}

export function readLine(value: unknown): Ring | undefined {
  const points: Point[] = [];
  return isArray(value) && value.length > 0 && addAll(value, readPoint, points) ? points : undefined;
}

/** A line that goes the short way from point to point: over the date line, longitudes go on past 180 degrees. */
function readUnbroken(value: unknown): Ring | undefined {
  const line = readLine(value);
  let before = line?.[0]?.[0] ?? 0;
  return line?.map(([x, y]): Point => {
    before = x + 360 * Math.round((before - x) / 360);
    return [before, y];
  });
}

function readPolygon(value: unknown): Ring[] | undefined {
  const rings: Ring[] = [];
  if (!addAll(value, readUnbroken, rings) || rings.length === 0) return undefined;
  for (const ring of rings) {
    const [first, last] = [ring[0], ring.at(-1)];
    const closed = first && last && first[0] === last[0] && first[1] === last[1];
    if (ring.length < 4 || !closed) fail('BadValue', 'a polygon needs closed loops of at least four points');
  }
  return rings;
}

/** Every point that makes up a geometry. */
export const vertices = ({ points, lines, polygons }: Geometry): Point[] => [
  ...points,
  ...lines.flat(),
  ...polygons.flat(2),
];

/** Whether a point is in a polygon and in none of its holes; its border belongs to it. */
export function inPolygon(point: Point, [outer, ...holes]: readonly Ring[]): boolean {
  if (!outer) return false;
  return inRing(point, outer) && !holes.some((hole) => inRing(point, hole) && !onBorder(point, hole));
}

function inRing(point: Point, ring: Ring): boolean {
  if (onBorder(point, ring)) return true;
  const [x, y] = point;
  let inside = false;
  for (const [[x1, y1], [x2, y2]] of segments(ring, true))
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  return inside;
}

const onBorder = (point: Point, ring: Ring): boolean =>
  segments(ring, true).some((one) => onSegment(point, one));

type Segment = readonly [Point, Point];

function segments(points: Ring, closed: boolean): Segment[] {
  const found: Segment[] = [];
  for (const [at, from] of points.entries()) {
    const to = points[at + 1] ?? (closed ? points[0] : undefined);
    if (to) found.push([from, to]);
  }
  return found;
}

const turn = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number =>
  Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));

function onSegment(point: Point, [a, b]: Segment): boolean {
  const between = (value: number, one: number, other: number): boolean =>
    value >= Math.min(one, other) && value <= Math.max(one, other);
  return turn(a, b, point) === 0 && between(point[0], a[0], b[0]) && between(point[1], a[1], b[1]);
}

function cross([a, b]: Segment, [c, d]: Segment): boolean {
  if (turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b)) return true;
  return onSegment(c, [a, b]) || onSegment(d, [a, b]) || onSegment(a, [c, d]) || onSegment(b, [c, d]);
}

const edges = ({ lines, polygons }: Geometry): Segment[] => [
  ...lines.flatMap((line) => segments(line, false)),
  ...polygons.flat().flatMap((ring) => segments(ring, true)),
];

const aroundTheWorld = [0, 360, -360];

function moved({ points, lines, polygons, geoJson }: Geometry, by: number): Geometry {
  const move = ([x, y]: Point): Point => [x + by, y];
  return {
    points: points.map(move),
    lines: lines.map((line) => line.map(move)),
    polygons: polygons.map((rings) => rings.map((ring) => ring.map(move))),
    geoJson,
  };
}

/** Whether two geometries have a point in common. Edges are straight in longitude and latitude. */
export const intersects = (a: Geometry, b: Geometry): boolean =>
  aroundTheWorld.some((by) => meet(moved(a, by), b));

/** Whether a point of the earth is in one of a geometry's polygons. */
export const covers = ({ polygons }: Geometry, [x, y]: Point): boolean =>
  polygons.some((polygon) => aroundTheWorld.some((by) => inPolygon([x + by, y], polygon)));

function meet(a: Geometry, b: Geometry): boolean {
  const touches = (one: Geometry, other: Geometry): boolean =>
    vertices(one).some(
      (point) =>
        other.polygons.some((polygon) => inPolygon(point, polygon)) ||
        other.points.some(([x, y]) => x === point[0] && y === point[1]) ||
        edges(other).some((edge) => onSegment(point, edge)),
    );
  if (touches(a, b) || touches(b, a)) return true;
  const others = edges(b);
  return edges(a).some((edge) => others.some((other) => cross(edge, other)));
}

export const planeDistance = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(bx - ax, by - ay);

/** The angle between two points of a sphere, in radians. */
export function sphereDistance([longitude1, latitude1]: Point, [longitude2, latitude2]: Point): number {
  const y = Math.sin(((latitude2 - latitude1) * radians) / 2) ** 2;
  const x = Math.sin(((longitude2 - longitude1) * radians) / 2) ** 2;
  const chord = y + Math.cos(latitude1 * radians) * Math.cos(latitude2 * radians) * x;
  return 2 * Math.asin(Math.min(1, Math.sqrt(chord)));
}
