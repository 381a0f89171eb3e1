import type { Big } from 'big.js';
import type { Clock } from '../../platform/clock.ts';
import type { Directory } from './directory.ts';
import type { Submit } from './submit.ts';

/** What a step needs of the graph. */
export interface Graph {
  readonly submit: Submit;
  readonly directory: Directory;
  readonly clock: Clock;
}

/** What the graph says became of a part. */
export interface Done {
  /** It had been carried out before, with the same key and content. */
  readonly replayed: boolean;
  /** What it came to by the graph's own figures, signed as in the file. */
  readonly value: Big;
}

/** The idempotency key of one step: it follows from the file's content alone, so a second run repeats the first. */
export function stepKey(invoice: string, step: string): string {
  return `uci:${invoice}:${step}`;
}
