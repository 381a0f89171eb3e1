import { SingleBar } from 'cli-progress';
import type { Clock } from '../../platform/clock.ts';

/** How far a long task is: a bar on a terminal, a line now and then elsewhere. */
export interface Progress {
  advance(by?: number): void;
  stop(): void;
}

/** Lines are written no more often than this. */
const LINE_EVERY_MS = 5_000;

/** Shows progress on a stream (usually stderr, so that it never mixes with a report). `total` is in `unit`s. */
export function showProgress(options: {
  label: string;
  total: number;
  unit: string;
  stream: NodeJS.WriteStream;
  clock: Clock;
}): Progress {
  const { label, total, unit, stream, clock } = options;
  if (stream.isTTY) {
    const bar = new SingleBar({
      format: `${label} [{bar}] {value}/{total} ${unit}, {duration_formatted}, {eta_formatted} left`,
      stream,
      hideCursor: true,
      etaBuffer: 200,
    });
    bar.start(total, 0);
    return { advance: (by = 1) => bar.increment(by), stop: () => bar.stop() };
  }
  let done = 0;
  let said = Number.NEGATIVE_INFINITY;
  const say = () => stream.write(`${label}: ${done}/${total} ${unit}\n`);
  return {
    advance(by = 1) {
      done += by;
      const now = clock.now().getTime();
      if (now - said < LINE_EVERY_MS) return;
      said = now;
      say();
    },
    stop: () => say(),
  };
}
