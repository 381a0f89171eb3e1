import type { Offer } from './offer.ts';
import type { Pool, SourcingLine, SourcingStrategy } from './sourcing-strategy.ts';

/** Sets of places up to this size are compared with one another; more parcels than that are found place by place. */
const MOST_COMPARED = 3;
/** Work bound: sets looked at times variants wanted. Above it a plan is found place by place too. */
const MAX_CHECKS = 100_000;

/**
 * As few parcels as can be: of the smallest sets of places that have everything, the nearest one, then the one with most stock. What
 * is not there anywhere is taken from goods that are to come.
 */
export const fewestParcels: SourcingStrategy = {
  name: 'fewest-parcels/1',
  source(lines, pool) {
    const left = new Map(lines.map((line) => [line, line.quantity]));
    const fill = (order: readonly string[]) => {
      for (const line of lines) {
        const whole = order.find((place) => pool.now(line.variantId, place) >= (left.get(line) ?? 0));
        for (const place of whole === undefined ? order : [whole]) {
          const quantity = Math.min(left.get(line) ?? 0, pool.now(line.variantId, place));
          pool.take(line, place, quantity);
          left.set(line, (left.get(line) ?? 0) - quantity);
        }
      }
    };
    const set = smallestSet(lines, pool);
    if (set !== null) return fill(set);

    const used = new Set<string>();
    for (;;) {
      const place = mostUseful(lines, left, pool, used);
      if (place === null) break;
      used.add(place);
      fill([place]);
    }
    takeLater(lines, left, pool);
  },
};

interface Candidate {
  readonly id: string;
  readonly km: number;
}

/** The best of the smallest sets of places that have everything, its places in the order they are to be asked; null when there is none that small. */
function smallestSet(lines: readonly SourcingLine[], pool: Pool): readonly string[] | null {
  const wanted = new Map<string, number>();
  for (const { variantId, quantity } of lines) wanted.set(variantId, (wanted.get(variantId) ?? 0) + quantity);
  const variants = [...wanted.keys()];
  const candidates = candidatesOf(variants, pool);
  const stockOf = (set: readonly Candidate[]) =>
    set.reduce(
      (sum, { id }) => sum + variants.reduce((units, variantId) => units + pool.now(variantId, id), 0),
      0,
    );
  const kmOf = (set: readonly Candidate[]) => set.reduce((sum, { km }) => sum + km, 0);
  let checks = 0;
  for (let size = 1; size <= Math.min(MOST_COMPARED, candidates.length); size += 1) {
    let best: { set: readonly Candidate[]; km: number; stock: number } | null = null;
    for (const set of setsOf(candidates, size)) {
      checks += wanted.size;
      if (checks > MAX_CHECKS) return null;
      const hasAll = [...wanted].every(
        ([variantId, units]) => set.reduce((sum, { id }) => sum + pool.now(variantId, id), 0) >= units,
      );
      if (!hasAll) continue;
      const km = kmOf(set);
      // Candidates come in the order of their ids: of equal sets the first one stays.
      if (best !== null && km > best.km) continue;
      const stock = stockOf(set);
      if (best === null || km < best.km || stock > best.stock) best = { set, km, stock };
    }
    if (best !== null) {
      return best.set
        .toSorted((left, right) => left.km - right.km || stockOf([right]) - stockOf([left]))
        .map(({ id }) => id);
    }
  }
  return null;
}

/** The place that has most of what is still missing; of equal ones the nearest. */
function mostUseful(
  lines: readonly SourcingLine[],
  left: ReadonlyMap<SourcingLine, number>,
  pool: Pool,
  used: ReadonlySet<string>,
): string | null {
  const missing = new Map<string, number>();
  for (const line of lines)
    missing.set(line.variantId, (missing.get(line.variantId) ?? 0) + (left.get(line) ?? 0));
  let best: { id: string; units: number; km: number } | null = null;
  for (const { id, km } of candidatesOf(missing.keys(), pool)) {
    if (used.has(id)) continue;
    const units = [...missing].reduce(
      (sum, [variantId, wanted]) => sum + Math.min(wanted, pool.now(variantId, id)),
      0,
    );
    if (units === 0) continue;
    if (best === null || units > best.units || (units === best.units && km < best.km))
      best = { id, units, km };
  }
  return best?.id ?? null;
}

function takeLater(lines: readonly SourcingLine[], left: Map<SourcingLine, number>, pool: Pool): void {
  for (const line of lines) {
    let missing = left.get(line) ?? 0;
    const places = pool.places(line.variantId, 'later');
    const whole = places.find(({ later }) => later >= missing);
    for (const { locationId, later } of whole === undefined ? places : [whole]) {
      const quantity = Math.min(missing, later);
      pool.take(line, locationId, quantity);
      missing -= quantity;
    }
  }
}

/** Places with any of the variants, in the order of their ids, so that the same stock gives the same plan however it is listed. */
function candidatesOf(variantIds: Iterable<string>, pool: Pool): Candidate[] {
  const places = new Map<string, Offer>();
  for (const variantId of variantIds)
    for (const offer of pool.places(variantId, 'now')) places.set(offer.locationId, offer);
  return [...places.values()]
    .map(({ locationId, km }) => ({ id: locationId, km: km ?? UNKNOWN_KM }))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** Farther than any place on earth, and still a number that can be added up. */
const UNKNOWN_KM = 40_000;

function* setsOf(all: readonly Candidate[], size: number, from = 0): Generator<readonly Candidate[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let index = from; index <= all.length - size; index += 1) {
    const first = all[index];
    if (first === undefined) return;
    for (const rest of setsOf(all, size - 1, index + 1)) yield [first, ...rest];
  }
}
