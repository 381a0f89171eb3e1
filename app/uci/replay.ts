import type { Clock } from '../../platform/clock.ts';
import { userError } from '../../platform/errors.ts';
import { carryOut } from './carry-out.ts';
import { classify, type Invoice } from './classify.ts';
import { Interrupted, ServerGone } from './graph-client.ts';
import type { Entry } from './invoices.ts';
import { londonInstant } from './london-time.ts';
import type { Graph } from './step.ts';
import type { Tally } from './tally.ts';

export interface ReplayOptions {
  readonly entries: AsyncIterable<Entry>;
  readonly graph: Graph;
  readonly tally: Tally;
  readonly clock: Clock;
  /** Invoices under way at once. */
  readonly concurrency: number;
  /** How many times faster than the file's own pace; undefined: as fast as possible. */
  readonly speed?: number | undefined;
  /** Aborted: no further invoice is begun; those under way are finished as long as the graph answers. */
  readonly stop: AbortSignal;
  readonly onInvoice?: () => void;
}

export interface ReplayEnd {
  /** `broken`: something happened that nobody foresaw; `cause` is what. */
  readonly reason: 'complete' | 'stopped' | 'serverGone' | 'broken';
  /** A sentence for `serverGone` and `broken`. */
  readonly message?: string;
  readonly cause?: unknown;
  /** An archive that ends too early: what is behind its end is not known. */
  readonly fileIsCut: boolean;
  /** Lines of invoices that were begun and whose end is not known; a later run finds out. */
  readonly unfinishedLines: number;
  readonly elapsedMs: number;
}

/** Puts the file's invoices through the graph, several at once, each once, and tallies what became of every line. */
export async function replay(options: ReplayOptions): Promise<ReplayEnd> {
  const { graph, tally, clock, stop } = options;
  const startedMs = clock.now().getTime();
  const pace = createPace(options.speed, clock, stop);
  // An async generator answers one `next` after the other, so the workers may share it.
  const entries = options.entries[Symbol.asyncIterator]();
  let fileIsCut = false;
  let unfinishedLines = 0;
  let gone: ServerGone | undefined;
  let broken: { readonly error: unknown } | undefined;
  const isOver = () => stop.aborted || gone !== undefined || broken !== undefined;

  async function carryOutParts(invoice: Invoice): Promise<void> {
    const parts = classify(invoice);
    for (const [index, part] of parts.entries()) {
      try {
        const end = await carryOut(part, graph);
        if (end.ok) tally.carriedOut(part, end.value.replayed ? 'doneBefore' : 'done', end.value.value);
        else tally.refused(part, end.errors[0] ?? userError('REFUSED', 'The graph gave no reason.'));
      } catch (error) {
        unfinishedLines += parts.slice(index).reduce((count, { lines }) => count + lines.length, 0);
        throw error;
      }
    }
  }

  async function work(): Promise<void> {
    while (!isOver()) {
      const next = await entries.next();
      if (next.done === true) return;
      const { unreadable, invoice } = next.value;
      if (unreadable !== undefined) {
        fileIsCut ||= unreadable.code === 'TRUNCATED_GZIP' || unreadable.code === 'CORRUPT_GZIP';
        tally.unreadable(unreadable);
        continue;
      }
      await pace(invoice);
      if (isOver()) return;
      await carryOutParts(invoice);
      options.onInvoice?.();
    }
  }

  async function workSafely(): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof ServerGone) gone ??= error;
      else if (!(error instanceof Interrupted)) broken ??= { error };
    }
  }

  await Promise.all(Array.from({ length: options.concurrency }, workSafely));
  // Closes the file when we did not come to its end.
  await entries.return?.();
  const end = { fileIsCut, unfinishedLines, elapsedMs: clock.now().getTime() - startedMs };
  if (broken !== undefined)
    return { reason: 'broken', cause: broken.error, message: String(broken.error), ...end };
  if (gone !== undefined) return { reason: 'serverGone', message: gone.message, ...end };
  return { reason: stop.aborted ? 'stopped' : 'complete', ...end };
}

/** Waits until an invoice is due, counted from the first one. */
function createPace(speed: number | undefined, clock: Clock, signal: AbortSignal) {
  let offsetMs: number | undefined;
  return async ({ lines }: Invoice): Promise<void> => {
    const instant = londonInstant(lines[0]?.soldAt ?? '');
    if (speed === undefined || instant === null) return;
    const nowMs = clock.now().getTime();
    const scaledMs = Date.parse(instant) / speed;
    offsetMs ??= nowMs - scaledMs;
    const waitMs = scaledMs + offsetMs - nowMs;
    if (waitMs > 0) await delayInPieces(waitMs, clock, signal);
  };
}

/** A timer holds at most 24.8 days; a file's quiet season at a slow pace can be longer. */
const LONGEST_DELAY_MS = 24 * 60 * 60 * 1000;

async function delayInPieces(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  for (let left = ms; left > 0 && !signal.aborted; left -= LONGEST_DELAY_MS)
    await clock.delay(Math.min(left, LONGEST_DELAY_MS), signal);
}
