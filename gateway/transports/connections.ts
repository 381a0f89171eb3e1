import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/telemetry/logger.ts';
import { codedError } from '../errors.ts';
import type { SubgraphTransport } from './transport.ts';

/** A subgraph as a supergraph names it. */
export interface SubgraphAddress {
  readonly name: string;
  readonly url: string;
}

export interface ConnectionsOptions {
  /** Ways that are there from the start, whatever address a supergraph names. */
  readonly given: readonly SubgraphTransport[];
  /** Makes a way to a subgraph that has none, or that has moved to another address. */
  readonly connect?: ((subgraph: SubgraphAddress) => SubgraphTransport) | undefined;
  /** What every call passes through: figures, circuit, bulkhead. */
  contain(transport: SubgraphTransport): SubgraphTransport;
  /** How long a way that is no longer needed stays open for the calls under way. */
  readonly retireAfterMs: number;
  /** Whether something may still use a way that is no longer needed: a subscription that began on an older supergraph. */
  inUse(): boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The ways to the subgraphs, across supergraphs: one that both have stays as it is, with its connections and what is known of it. */
export interface SubgraphConnections {
  /** A way to each. Throws SUPERGRAPH_REFUSED, naming those that cannot be reached. */
  reach(subgraphs: readonly SubgraphAddress[]): ReadonlyMap<string, SubgraphTransport>;
  /** These are what is served now; the others are stopped when their calls have had time to end. */
  settle(subgraphs: readonly SubgraphAddress[]): void;
  /** Those of the supergraph that is served. */
  serving(): readonly SubgraphTransport[];
  stop(): Promise<void>;
}

export function createConnections(options: ConnectionsOptions): SubgraphConnections {
  const { clock, logger } = options;
  const given = new Map(options.given.map((transport) => [transport.name, options.contain(transport)]));
  const connected = new Map<string, SubgraphTransport>();
  const retiring = new Set<SubgraphTransport>();
  const stopped = new AbortController();
  let serving: readonly SubgraphTransport[] = [];

  const find = (subgraph: SubgraphAddress): SubgraphTransport | undefined =>
    given.get(subgraph.name) ?? connected.get(keyOf(subgraph));
  const make = (subgraph: SubgraphAddress): SubgraphTransport | undefined => {
    if (options.connect === undefined) return undefined;
    const transport = options.contain(options.connect(subgraph));
    connected.set(keyOf(subgraph), transport);
    return transport;
  };
  const retire = async (transport: SubgraphTransport): Promise<void> => {
    retiring.add(transport);
    do await clock.delay(options.retireAfterMs, stopped.signal);
    while (!stopped.signal.aborted && options.inUse());
    if (stopped.signal.aborted) return;
    retiring.delete(transport);
    try {
      await transport.stop();
    } catch (cause) {
      logger.warn({ err: cause, subgraph: transport.name }, 'a way to a subgraph did not close');
    }
  };

  return {
    reach(subgraphs) {
      const found = new Map<string, SubgraphTransport>();
      for (const subgraph of subgraphs) {
        const transport = find(subgraph) ?? make(subgraph);
        if (transport !== undefined) found.set(subgraph.name, transport);
      }
      const unreachable = subgraphs.map(({ name }) => name).filter((name) => !found.has(name));
      if (unreachable.length === 0) return found;
      throw codedError('SUPERGRAPH_REFUSED', `there is no transport for ${unreachable.join(', ')}`, {
        unreachable,
      });
    },
    settle(subgraphs) {
      serving = subgraphs.flatMap((subgraph) => find(subgraph) ?? []);
      const needed = new Set(subgraphs.map(keyOf));
      for (const [key, transport] of connected) {
        if (needed.has(key)) continue;
        connected.delete(key);
        void retire(transport);
      }
    },
    serving: () => serving,
    async stop() {
      stopped.abort();
      const all = [...given.values(), ...connected.values(), ...retiring];
      await Promise.all(all.map((transport) => transport.stop()));
    },
  };
}

function keyOf({ name, url }: SubgraphAddress): string {
  return `${name} ${url}`;
}
