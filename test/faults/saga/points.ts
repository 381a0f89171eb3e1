/** The points between a request and its acknowledgement at which a process may die, in the order in which an intent passes them. */
export const POINTS = [
  /** The entry and its operation are written, the transaction is not committed. */
  'request-uncommitted',
  /** Committed; whoever asked has not heard of it. */
  'request-unheard',
  /** The step is marked as on the wire, nothing has left. */
  'leased',
  /** The ERP has the document, its answer was heard, nothing of it is written down. */
  'answered',
  /** What became of the step is written, the transaction is not committed. */
  'outcome-uncommitted',
  /** Committed; the process does not know it. */
  'outcome-unheard',
] as const;
export type Point = (typeof POINTS)[number];

export const AGGREGATES = ['a', 'b', 'c'] as const;
export const INTENTS_EACH = 3;

/** Every intent, as its client repeats it until it has an answer: in order within its aggregate. */
export const INTENTS = AGGREGATES.flatMap((aggregate) =>
  Array.from({ length: INTENTS_EACH }, (_, n) => ({ aggregate, n, key: `${aggregate}${n}` })),
);

/** A small generator of numbers in [0, 1), the same for the same seed on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
