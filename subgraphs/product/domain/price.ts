/** One row of a price list: what one base unit of a variant costs in a channel, while it is valid. */
export interface PriceRow {
  readonly id: string;
  readonly variantId: string;
  readonly channelId: string;
  readonly priceListCode: string;
  readonly currencyCode: string;
  readonly list: string;
  readonly sale: string | null;
  readonly taxIncluded: boolean;
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
  /** When the ERP wrote it. */
  readonly sourceAt: Date;
}

/**
 * The row that holds at an instant, of all rows of one variant in one channel. Of several the one that began last holds: a campaign
 * goes before the price it interrupts. Began two at once, the price list that sorts first holds, so that every process says the same.
 */
export function priceAt(rows: readonly PriceRow[], at: Date): PriceRow | null {
  const began = (row: PriceRow) => row.validFrom?.getTime() ?? Number.NEGATIVE_INFINITY;
  const holding = rows.filter(
    (row) => began(row) <= at.getTime() && (row.validTo === null || at.getTime() < row.validTo.getTime()),
  );
  return (
    holding.toSorted((left, right) => {
      if (began(left) !== began(right)) return began(left) > began(right) ? -1 : 1;
      return left.priceListCode < right.priceListCode ? -1 : 1;
    })[0] ?? null
  );
}
