/** Goods that are expected: a purchase order, an advance notice of a delivery, a transfer. */
export interface Supply {
  readonly id: string;
  readonly variantId: string;
  readonly locationId: string;
  /** What is still to come, whole base units. */
  readonly quantity: number;
  readonly expectedAt: Date;
  /** What it is, in the words of whoever told: `PO-4711`, for example. */
  readonly source: string;
  /** Whether goods that are not on sale yet come with it for the first time. */
  readonly isRelease: boolean;
}

/** What is left of expected goods for new customers, earliest first, once those who wait already have been served. */
export function unpromised(
  supplies: readonly Supply[],
  owedAt: (locationId: string) => number,
): Pick<Supply, 'quantity' | 'expectedAt' | 'source'>[] {
  const owed = new Map<string, number>();
  return supplies.flatMap(({ locationId, quantity, expectedAt, source }) => {
    const waiting = owed.get(locationId) ?? owedAt(locationId);
    const given = Math.min(waiting, quantity);
    owed.set(locationId, waiting - given);
    return quantity === given ? [] : [{ quantity: quantity - given, expectedAt, source }];
  });
}
