/** One client's next operation; the number tells its calls apart. */
export type Operation = (client: number, call: number) => Promise<void>;
export type Measured = { perSecond: number; p50Ms: number; p99Ms: number; calls: number };

/** Runs an operation from so many clients at once, each starting its next call when the last one is answered. */
export async function measure(operation: Operation, clients: number, seconds: number): Promise<Measured> {
  const takenMs: number[] = [];
  const started = performance.now();
  const end = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let call = 0; performance.now() < end; call++) {
        const before = performance.now();
        await operation(client, call);
        takenMs.push(performance.now() - before);
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  takenMs.sort((a, b) => a - b);
  return {
    perSecond: takenMs.length / elapsed,
    p50Ms: quantile(takenMs, 0.5),
    p99Ms: quantile(takenMs, 0.99),
    calls: takenMs.length,
  };
}

/** The value below which a share of the sorted values lies. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
