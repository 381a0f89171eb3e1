import type { Clock } from '../platform/clock.ts';
import type { Readiness } from '../platform/subgraph.ts';
import type { SubgraphTransport } from './transports/transport.ts';

/** A subgraph that has not answered by then is not ready. */
const CHECK_TIMEOUT_MS = 2000;
/** Probes that come faster than this get the last result, so that asking for readiness is no load. */
const REUSE_MS = 1000;

/** Asks every subgraph whether it can answer. */
export function createReadiness(options: {
  /** Those that are needed now. */
  transports(): readonly SubgraphTransport[];
  clock: Clock;
}): () => Promise<Readiness['parts']> {
  const { transports, clock } = options;
  let last: { readonly atMs: number; readonly parts: Promise<Readiness['parts']> } | undefined;
  return () => {
    const atMs = clock.now().getTime();
    if (last === undefined || atMs - last.atMs >= REUSE_MS) {
      last = { atMs, parts: Promise.all(transports().map(checkOne)) };
    }
    return last.parts;
  };
}

async function checkOne(transport: SubgraphTransport): Promise<Readiness['parts'][number]> {
  const name = `subgraph ${transport.name}`;
  try {
    await transport.check(AbortSignal.timeout(CHECK_TIMEOUT_MS));
    return { name, ready: true };
  } catch (cause) {
    return { name, ready: false, detail: cause instanceof Error ? cause.message : String(cause) };
  }
}
