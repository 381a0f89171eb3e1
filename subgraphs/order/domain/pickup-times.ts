/** How long goods wait for their customer, and when the customer is reminded. */
export interface PickupTimes {
  /** From being ready until they are not kept any more. */
  readonly keepForMs: number;
  /** How long before the end a reminder goes out, each once. What is longer than `keepForMs` never does. */
  readonly remindBeforeMs: readonly number[];
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Five days, with reminders three days and one day before the end: less than the seven days for which cards are commonly held, and two to make ready. */
export const DEFAULT_PICKUP_TIMES: PickupTimes = {
  keepForMs: 5 * DAY_MS,
  remindBeforeMs: [3 * DAY_MS, DAY_MS],
};

/** The next instant after `now` at which something is due for goods that are kept until `expiresAt`: a reminder, or the end. */
export function nextDue(
  { readyAt, expiresAt }: { readonly readyAt: Date; readonly expiresAt: Date },
  { remindBeforeMs }: PickupTimes,
  now: Date,
): Date {
  const endMs = expiresAt.getTime();
  const reminders = remindBeforeMs
    .map((beforeMs) => endMs - beforeMs)
    .filter((dueMs) => dueMs > readyAt.getTime() && dueMs > now.getTime() && dueMs < endMs);
  return new Date(Math.min(endMs, ...reminders));
}
