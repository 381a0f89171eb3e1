import type { DispositionCode, StockState } from './return.ts';

/** What a decision about a unit that came back means for stock and for the customer's money. */
export interface Fate {
  /** Where a unit whose stock is counted goes; NONE: it is no stock of ours any more, or never was again. */
  readonly toState: StockState;
  /** Whether the customer is credited. */
  readonly credited: boolean;
}

const FATES: Readonly<Record<DispositionCode, Fate>> = {
  RESTOCK: { toState: 'AVAILABLE', credited: true },
  RESTOCK_OTHER_LOCATION: { toState: 'AVAILABLE', credited: true },
  REFURBISH: { toState: 'QUALITY_HOLD', credited: true },
  MARKDOWN: { toState: 'QUALITY_HOLD', credited: true },
  QUARANTINE: { toState: 'QUALITY_HOLD', credited: true },
  RETURN_TO_VENDOR: { toState: 'NONE', credited: true },
  SCRAP: { toState: 'NONE', credited: true },
  DONATE: { toState: 'NONE', credited: true },
  KEEP_BY_CUSTOMER: { toState: 'NONE', credited: true },
  MISSING: { toState: 'NONE', credited: false },
  RETURN_TO_CUSTOMER: { toState: 'NONE', credited: false },
};

export const DISPOSITION_CODES: readonly DispositionCode[] = Object.keys(FATES) as DispositionCode[];

/** What becomes of a unit by this decision; a unit whose stock is not counted goes to no state at all. */
export function fateOf(code: DispositionCode, line: { readonly tracked: boolean }): Fate {
  const fate = FATES[code];
  return line.tracked ? fate : { ...fate, toState: 'NONE' };
}
