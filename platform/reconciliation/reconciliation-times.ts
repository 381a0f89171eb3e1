/** How often two sets of books are compared, and how fresh a document is left alone. */
export interface ReconciliationTimes {
  /** Between two passes. Default: 15 minutes. */
  readonly everyMs?: number;
  /** How often everything is compared again, not only what is new. Default: a day. */
  readonly fullEveryMs?: number;
  /** A document that was sent or changed more recently is left for a later pass: the system may still be booking it. Default: a minute. */
  readonly settlingMs?: number;
}

export const SETTLING_MS = 60_000;

/** What changed before this instant can be compared. */
export function settledBefore(now: Date, { settlingMs = SETTLING_MS }: ReconciliationTimes): Date {
  return new Date(now.getTime() - settlingMs);
}
