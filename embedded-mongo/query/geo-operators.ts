import { fail } from '../errors.ts';
import { type Doc, isArray, isDocument, isNumber } from '../values/kinds.ts';
import { asNumber } from '../values/numbers.ts';
import {
  covers,
  earthRadiusMeters,
  type Geometry,
  inPolygon,
  intersects,
  type Point,
  planeDistance,
  readGeometry,
  readLine,
  readPoint,
  sphereDistance,
  vertices,
} from './geometry.ts';
import { splitPath, walk } from './paths.ts';

/** Compiles `$geoWithin`: whether a shape lies wholly within a region. */
export function within(operand: unknown): (value: unknown) => boolean {
  if (!isDocument(operand)) fail('BadValue', '$geoWithin needs an object that holds a shape');
  const contains = region(operand);
  return someGeometry((geometry) => {
    const points = vertices(geometry);
    return points.length > 0 && points.every(contains);
  });
}

function region(operand: Doc): (point: Point) => boolean {
  const [name = ''] = Object.keys(operand);
  const shape = operand[name];
  switch (name) {
    case '$geometry': {
      const geometry = readGeometry(shape);
      if (!geometry || geometry.polygons.length === 0)
        fail('BadValue', '$geoWithin needs a $geometry of type Polygon or MultiPolygon');
      return (point) => covers(geometry, point);
    }
    case '$polygon': {
      const ring = readLine(isDocument(shape) ? Object.values(shape) : shape);
      if (!ring || ring.length < 3) fail('BadValue', '$polygon needs at least three points');
      return (point) => inPolygon(point, [ring]);
    }
    case '$box': {
      const [low, high] = isArray(shape) ? shape.map(readPoint) : [];
      if (!low || !high) fail('BadValue', '$box needs two corners');
      const between = (value: number, one: number, other: number): boolean =>
        value >= Math.min(one, other) && value <= Math.max(one, other);
      return ([x, y]) => between(x, low[0], high[0]) && between(y, low[1], high[1]);
    }
    case '$center':
    case '$centerSphere': {
      const [at, radius] = isArray(shape) ? shape : isDocument(shape) ? Object.values(shape) : [];
      const center = readPoint(at);
      if (!center || !isNumber(radius) || asNumber(radius, -1) < 0)
        fail('BadValue', `${name} needs a center and a radius that is not negative`);
      const distance = name === '$center' ? planeDistance : sphereDistance;
      return (point) => distance(center, point) <= asNumber(radius, 0);
    }
    default:
      return fail('BadValue', `unknown geo specifier: ${name}`);
  }
}

/** Compiles `$geoIntersects`. */
export function meets(operand: unknown): (value: unknown) => boolean {
  const wanted = isDocument(operand) ? readGeometry(operand.$geometry) : undefined;
  if (!wanted) fail('BadValue', '$geoIntersects needs a $geometry');
  return someGeometry((geometry) => intersects(geometry, wanted));
}

/** How far the nearest point of a value is; undefined if the value is no shape or out of the limits given. */
export type Distance = (value: unknown) => number | undefined;

/**
 * Compiles `$near` or `$nearSphere` with the limits beside or inside it. With GeoJSON distances are in metres; with two
 * numbers, in radians (`$nearSphere`) or in the units of the plane (`$near`).
 */
export function nearness(name: string, operand: unknown, siblings: Doc): Distance {
  const spec = isDocument(operand) && '$geometry' in operand ? operand : siblings;
  const inside = isDocument(operand) && '$geometry' in operand;
  const center = inside ? readGeometry(operand.$geometry)?.points[0] : readGeometry(operand)?.points[0];
  if (!center) fail('BadValue', `invalid point in geo near query: ${name}`);
  const geoJson = inside || (isDocument(operand) && 'coordinates' in operand);
  const scale = geoJson ? earthRadiusMeters : 1;
  const spherical = geoJson || name === '$nearSphere';
  const min = limit(spec.$minDistance, 0);
  const max = limit(spec.$maxDistance, Number.POSITIVE_INFINITY);
  return (value) => {
    const distances = geometriesIn(value).flatMap((geometry) =>
      vertices(geometry).map((point) =>
        spherical ? sphereDistance(center, point) * scale : planeDistance(center, point),
      ),
    );
    const near = distances.filter((distance) => distance >= min && distance <= max);
    return near.length === 0 ? undefined : Math.min(...near);
  };
}

function limit(given: unknown, otherwise: number): number {
  if (given === undefined) return otherwise;
  const distance = isNumber(given) ? asNumber(given, -1) : -1;
  if (distance < 0) fail('BadValue', 'a distance must be a number that is not negative');
  return distance;
}

/** The order a filter asks for by `$near`: by how far a document is; undefined if it does not ask. */
export function nearOrder(
  filter: unknown,
): { field: string; distanceOf: (document: Doc) => number } | undefined {
  if (!isDocument(filter)) return undefined;
  for (const field of Object.keys(filter)) {
    const condition = filter[field];
    if (field === '$and' && isArray(condition)) {
      for (const part of condition) {
        const found = nearOrder(part);
        if (found) return found;
      }
    }
    if (field.startsWith('$') || !isDocument(condition)) continue;
    const name = Object.keys(condition).find((one) => one === '$near' || one === '$nearSphere');
    if (name === undefined) continue;
    const distance = nearness(name, condition[name], condition);
    const path = splitPath(field);
    return {
      field,
      distanceOf(document) {
        let nearest = Number.POSITIVE_INFINITY;
        walk(document, path, (value) => {
          nearest = Math.min(nearest, distance(value) ?? Number.POSITIVE_INFINITY);
          return false;
        });
        return nearest;
      },
    };
  }
  return undefined;
}

const someGeometry =
  (test: (geometry: Geometry) => boolean) =>
  (value: unknown): boolean =>
    geometriesIn(value).some(test);

/** The shape a value is, or the shapes in an array. */
function geometriesIn(value: unknown): Geometry[] {
  const geometry = readGeometry(value);
  if (geometry) return [geometry];
  return isArray(value) ? value.flatMap((element) => readGeometry(element) ?? []) : [];
}

/** A line over the date line goes on past 180 degrees, once it is read. */
const maxUnbroken = 540;

/** Refuses what an index over places cannot hold. A missing field is left out of the index. */
export function requirePlace(kind: unknown, value: unknown): void {
  if (value === undefined || value === null) return;
  const geometries = geometriesIn(value);
  if (geometries.length === 0 && !(isArray(value) && value.length === 0))
    fail(16_755, `Can't extract geo keys: unknown GeoJSON type or malformed point`);
  for (const [x, y] of geometries.flatMap(vertices)) {
    if (kind === '2d' && (x < -180 || x >= 180 || y < -180 || y >= 180))
      fail(13_027, 'point not in interval of [ -180, 180 )');
    if (kind === '2dsphere' && (Math.abs(x) > maxUnbroken || Math.abs(y) > 90))
      fail(16_755, `Can't extract geo keys: longitude/latitude is out of bounds, lng: ${x} lat: ${y}`);
  }
}
