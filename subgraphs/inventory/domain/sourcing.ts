/** A line that wants stock. */
export interface SourcingLine {
  /** Its position in the request. */
  readonly index: number;
  readonly variantId: string;
  /** Whole base units, above zero. */
  readonly quantity: number;
  /** Where it must come from; null: from wherever is best. */
  readonly locationId: string | null;
}

export interface StockAt {
  readonly locationId: string;
  readonly available: number;
}

export interface Claim {
  readonly index: number;
  readonly variantId: string;
  readonly locationId: string;
  readonly quantity: number;
}

export interface Shortage {
  readonly index: number;
  /** What the line could have had, whole base units. */
  readonly available: number;
}

export interface SourcingPlan {
  /** In the order of the lines; a line that is split has several. */
  readonly claims: readonly Claim[];
  /** Lines that cannot be served in full. */
  readonly shortages: readonly Shortage[];
}

/**
 * Decides where each line's stock comes from: lines that name a place first, then the others with the fewest parcels: one
 * place that covers them all (the one with most stock), else one place for each line, else split over places. The same
 * request and stock give the same plan, whatever order the stock is listed in: equal places are told apart by id.
 */
export function planSources(
  lines: readonly SourcingLine[],
  stockOf: (variantId: string) => readonly StockAt[],
  maySend: (locationId: string) => boolean,
): SourcingPlan {
  const pool = new Pool(lines, stockOf, maySend);
  const claims: Claim[] = [];
  const shortages: Shortage[] = [];
  const take = (line: SourcingLine, locationId: string, quantity: number) => {
    pool.take(line.variantId, locationId, quantity);
    claims.push({ index: line.index, variantId: line.variantId, locationId, quantity });
  };

  for (const line of lines) {
    if (line.locationId === null) continue;
    const there = pool.at(line.variantId, line.locationId);
    if (there < line.quantity) shortages.push({ index: line.index, available: there });
    const quantity = Math.min(there, line.quantity);
    if (quantity > 0) take(line, line.locationId, quantity);
  }

  const open = lines.filter((line) => line.locationId === null);
  const single = pool.placeForAll(open);
  const used = new Set<string>();
  for (const line of open) {
    const place = single ?? pool.placeFor(line, used);
    if (place !== null) {
      used.add(place);
      take(line, place, line.quantity);
      continue;
    }
    let missing = line.quantity;
    const places = pool.places(line.variantId);
    for (const { locationId, available } of places) {
      const quantity = Math.min(missing, available);
      if (quantity === 0) break;
      used.add(locationId);
      take(line, locationId, quantity);
      missing -= quantity;
    }
    if (missing > 0) shortages.push({ index: line.index, available: line.quantity - missing });
  }
  return {
    claims: claims.sort((left, right) => left.index - right.index),
    shortages: shortages.sort((left, right) => left.index - right.index),
  };
}

/** What is left while a plan is being made. */
class Pool {
  readonly #left = new Map<string, Map<string, number>>();
  readonly #maySend: (locationId: string) => boolean;

  constructor(
    lines: readonly SourcingLine[],
    stockOf: (variantId: string) => readonly StockAt[],
    maySend: (locationId: string) => boolean,
  ) {
    this.#maySend = maySend;
    for (const { variantId } of lines) {
      if (this.#left.has(variantId)) continue;
      const stock = stockOf(variantId).filter(({ available }) => available > 0);
      this.#left.set(variantId, new Map(stock.map(({ locationId, available }) => [locationId, available])));
    }
  }

  at(variantId: string, locationId: string): number {
    return this.#left.get(variantId)?.get(locationId) ?? 0;
  }

  take(variantId: string, locationId: string, quantity: number): void {
    this.#left.get(variantId)?.set(locationId, this.at(variantId, locationId) - quantity);
  }

  /** Places that send and have any of it, most first. */
  places(variantId: string): StockAt[] {
    return [...(this.#left.get(variantId) ?? [])]
      .map(([locationId, available]) => ({ locationId, available }))
      .filter(({ locationId, available }) => available > 0 && this.#maySend(locationId))
      .sort(mostFirst);
  }

  /** One place that covers the line whole: one that is used already before another, then the one with most. */
  placeFor(line: SourcingLine, used: ReadonlySet<string>): string | null {
    const whole = this.places(line.variantId).filter(({ available }) => available >= line.quantity);
    return (whole.find(({ locationId }) => used.has(locationId)) ?? whole[0])?.locationId ?? null;
  }

  /** One place that covers all lines together, or null. */
  placeForAll(lines: readonly SourcingLine[]): string | null {
    const demand = new Map<string, number>();
    for (const { variantId, quantity } of lines)
      demand.set(variantId, (demand.get(variantId) ?? 0) + quantity);
    const [first] = demand.keys();
    if (first === undefined) return null;
    const covering = this.places(first)
      .filter(({ locationId }) =>
        [...demand].every(([variantId, quantity]) => this.at(variantId, locationId) >= quantity),
      )
      .map(({ locationId }) => ({
        locationId,
        available: [...demand.keys()].reduce((sum, variantId) => sum + this.at(variantId, locationId), 0),
      }));
    return covering.sort(mostFirst)[0]?.locationId ?? null;
  }
}

function mostFirst(left: StockAt, right: StockAt): number {
  return right.available - left.available || (left.locationId < right.locationId ? -1 : 1);
}
