import { request } from 'node:http';
import { WebSocket } from 'ws';
import { PRICE_CHANGED } from './graph.ts';

/** Subscribers as the gateway meets them: one connection each. */
export interface Subscribers {
  /** Milliseconds from the publishing of an event until a subscriber had its answer, one for each that arrived. */
  takeLatencies(): number[];
  readonly received: number;
  close(): Promise<void>;
}

export interface SubscriberPlan {
  readonly url: string;
  readonly count: number;
  readonly over: 'WebSocket' | 'server-sent events';
  /** Whose subscription the nth is; undefined: nobody's in particular. */
  callerOf(n: number): string | undefined;
  readonly sku: string;
}

/** Connections being opened at once. */
const AT_ONCE = 50;
const OPEN_WITHIN_MS = 120_000;

/** Resolves when every subscription is open at the subgraph, as the gateway says. */
export async function openSubscribers(plan: SubscriberPlan): Promise<Subscribers> {
  let latencies: number[] = [];
  let received = 0;
  const hear = (text: string) => {
    const atMs = /"atMs":([\d.]+)/.exec(text)?.[1];
    if (atMs === undefined || !text.includes('"name":"The article')) return;
    received += 1;
    latencies.push(performance.timeOrigin + performance.now() - Number(atMs));
  };
  const closers: (() => void)[] = [];
  let next = 0;
  const workers = Array.from({ length: Math.min(AT_ONCE, plan.count) }, async () => {
    while (next < plan.count) {
      const caller = plan.callerOf(next);
      next += 1;
      const open = plan.over === 'WebSocket' ? openSocket : openStream;
      closers.push(await open(plan, caller, hear));
    }
  });
  await Promise.all(workers);
  return {
    takeLatencies() {
      const taken = latencies;
      latencies = [];
      return taken;
    },
    get received() {
      return received;
    },
    async close() {
      for (const close of closers) close();
    },
  };
}

const asText = (value: unknown) => JSON.stringify(value);

function openSocket(
  { url, sku }: SubscriberPlan,
  caller: string | undefined,
  hear: (text: string) => void,
): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      perMessageDeflate: false,
    });
    const late = setTimeout(() => reject(new Error('a subscription did not open in time')), OPEN_WITHIN_MS);
    socket.on('error', reject);
    socket.on('close', (code, reason) => reject(new Error(`a connection was closed: ${code} ${reason}`)));
    socket.on('open', () => {
      const payload = caller === undefined ? {} : { authorization: `Bearer ${caller}` };
      socket.send(asText({ type: 'connection_init', payload }));
    });
    socket.on('message', (raw) => {
      const text = String(raw);
      if (text.includes('connection_ack')) {
        const payload = { query: PRICE_CHANGED, variables: { sku }, extensions: { resumeFrom: null } };
        socket.send(asText({ id: '1', type: 'subscribe', payload }));
      } else if (text.includes('"opening"')) {
        clearTimeout(late);
        resolve(() => socket.terminate());
      } else if (text.includes('"type":"error"')) reject(new Error(text));
      else hear(text);
    });
  });
}

function openStream(
  { url, sku }: SubscriberPlan,
  caller: string | undefined,
  hear: (text: string) => void,
): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('a subscription did not open in time')), OPEN_WITHIN_MS);
    const asked = request(`${url}/graphql`, {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        ...(caller === undefined ? {} : { authorization: `Bearer ${caller}` }),
      },
    });
    asked.on('error', reject);
    asked.on('response', (response) => {
      response.setEncoding('utf8');
      response.on('error', () => undefined);
      response.on('data', (text: string) => {
        // A comment that keeps the stream open may come with it.
        if (!/^id: /m.test(text) || text.includes('event: next')) return hear(text);
        clearTimeout(late);
        resolve(() => asked.destroy());
      });
    });
    asked.end(asText({ query: PRICE_CHANGED, variables: { sku } }));
  });
}
