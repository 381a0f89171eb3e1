import { describe, expect, it } from 'vitest';
import { TestClock } from '../../platform/clock.ts';
import { GraphError } from '../../platform/errors.ts';
import { silentLogger } from '../../platform/telemetry/logger.ts';
import { type Containment, contain, DEFAULT_CONTAINMENT } from './contained.ts';
import type { SubgraphCall, SubgraphRequest } from './transport.ts';

const request: SubgraphRequest = { operation: '{a}', operationKind: 'query', variables: {} };
const callWith = (signal: AbortSignal, timeoutMs = 5000): SubgraphCall => ({
  identityToken: 't',
  correlationId: 'c',
  timeoutMs,
  signal,
});

/** A contained transport whose calls end when the test says so. */
function start(containment: Partial<Containment>) {
  const running: { resolve(): void; reject(cause: unknown): void }[] = [];
  const states: string[] = [];
  const transport = contain(
    {
      name: 's',
      fetch: () =>
        new Promise((resolve, reject) => running.push({ resolve: () => resolve({ data: {} }), reject })),
      subscribe: () => ({ close: () => undefined }),
      check: async () => undefined,
      stop: async () => undefined,
    },
    {
      containment: { ...DEFAULT_CONTAINMENT, ...containment },
      observer: { refused: () => undefined, circuit: (_, state) => states.push(state) },
      logger: silentLogger,
      clock: new TestClock(),
    },
  );
  return { transport, running, states };
}

describe('a call that waits for its turn', () => {
  it('goes when its time is over, with the reason, and leaves its place to the next', async () => {
    const { transport, running } = start({ maxCalls: 1 });
    const impatient = new AbortController();
    const patient = new AbortController().signal;
    const first = transport.fetch(request, callWith(patient));
    const second = transport.fetch(request, callWith(impatient.signal));
    const third = transport.fetch(request, callWith(patient));
    const late = new GraphError('DEADLINE_EXCEEDED', 'too late');
    impatient.abort(late);
    await expect(second).rejects.toBe(late);
    expect(running).toHaveLength(1);
    running[0]?.resolve();
    await first;
    await new Promise(setImmediate);
    expect(running).toHaveLength(2);
    running[1]?.resolve();
    await expect(third).resolves.toEqual({ data: {} });
  });

  it('is refused when the subgraph has failed meanwhile', async () => {
    const { transport, running, states } = start({
      maxCalls: 1,
      circuit: { ...DEFAULT_CONTAINMENT.circuit, failuresToOpen: 1 },
    });
    const signal = new AbortController().signal;
    const first = transport.fetch(request, callWith(signal));
    const second = transport.fetch(request, callWith(signal));
    running[0]?.reject(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    await expect(second).rejects.toMatchObject({ extensions: { reason: 'CIRCUIT_OPEN' } });
    expect(states).toEqual(['closed', 'open']);
  });
});

describe('a call that ran into its deadline', () => {
  it.each([
    [999, 'closed'],
    [1000, 'open'],
  ])('with %i ms to begin with leaves the circuit %s', async (timeoutMs, expected) => {
    const { transport, running, states } = start({
      circuit: { ...DEFAULT_CONTAINMENT.circuit, failuresToOpen: 1 },
    });
    const asked = transport.fetch(request, callWith(new AbortController().signal, timeoutMs));
    running[0]?.reject(new GraphError('DEADLINE_EXCEEDED', 'too late'));
    await expect(asked).rejects.toThrow('too late');
    expect(states.at(-1)).toBe(expected);
  });

  it('says nothing of the subgraph when it was the client who went', async () => {
    const { transport, running, states } = start({
      circuit: { ...DEFAULT_CONTAINMENT.circuit, failuresToOpen: 1 },
    });
    const asked = transport.fetch(request, callWith(new AbortController().signal));
    running[0]?.reject(new GraphError('UNAVAILABLE', 'the client has gone'));
    await expect(asked).rejects.toThrow('gone');
    expect(states).toEqual(['closed']);
  });
});
