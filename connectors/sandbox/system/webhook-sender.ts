import { setTimeout as delay } from 'node:timers/promises';
import { request as send } from 'undici';
import { z } from 'zod';
import type { Clock } from '../../../platform/clock.ts';
import {
  isWebhookSecret,
  signWebhook,
  WEBHOOK_SECRET_FORM,
} from '../../../platform/inbox/standard-webhooks.ts';
import type { FeedName } from '../../feeds.ts';
import {
  dataSchemaOf,
  eventSourceOf,
  eventTypeOf,
  PUSHING_SYSTEMS,
  type PushingSystem,
} from '../webhook-form.ts';
import { disturbPage, type FaultSwitch } from './fault-switch.ts';
import type { Storage, StoredChange } from './storage.ts';

export const webhookEndpointSchema = z.object({
  /** Whose changes are pushed there. */
  system: z.enum(PUSHING_SYSTEMS).default('erp'),
  url: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }),
  secret: z.string().refine(isWebhookSecret, WEBHOOK_SECRET_FORM),
});
export type WebhookEndpoint = Omit<z.infer<typeof webhookEndpointSchema>, 'system'>;

export interface WebhookSender {
  /** From now on changes are pushed there; those of before are not. Kept over restarts. */
  setEndpoint(endpoint: WebhookEndpoint): Promise<void>;
  stop(): Promise<void>;
}

/** A feed with more news than this leaves them to those who poll: a bulk load is no reason for a storm of deliveries. */
const BURST_MAX = 100;
const TIMEOUT_MS = 5_000;
/** As the shops' platforms do: a few times, further and further apart, then never. */
const ATTEMPTS_MAX = 8;
const FIRST_RETRY_MS = 100;

type NumberedChange = StoredChange & { sequence: number };

/** Pushes each committed change of one stand-in system's feeds, signed, at least once, under the faults that are switched on. */
export function createWebhookSender(options: {
  system: PushingSystem;
  feeds: readonly FeedName[];
  storage: Storage;
  faults: FaultSwitch;
  clock: Clock;
}): WebhookSender {
  const { system, feeds, storage, faults, clock } = options;
  const endpointKey: [string, string] = ['webhooks', system];
  const { changes, counters, records } = storage;
  const stopping = new AbortController();
  let sending: Promise<void> = Promise.resolve();
  let queued = false;

  // What this file wrote under this key is what it reads.
  const endpoint = () => records.get(endpointKey) as WebhookEndpoint | undefined;
  const lastOf = (feed: FeedName) => counters.get(`changes/${feed}`) ?? 0;

  /** A delivery to an address that was replaced is not tried again. */
  function isCurrent(to: WebhookEndpoint): boolean {
    const now = endpoint();
    return !stopping.signal.aborted && now?.url === to.url && now.secret === to.secret;
  }

  async function deliver(to: WebhookEndpoint, feed: FeedName, change: NumberedChange): Promise<void> {
    const rawBody = JSON.stringify({
      specversion: '1.0',
      id: change.eventId,
      source: eventSourceOf(system),
      type: eventTypeOf(system, feed),
      time: change.occurredAt,
      datacontenttype: 'application/json',
      dataschema: dataSchemaOf(system, feed),
      sequence: String(change.sequence),
      data: change.record,
    });
    let waitMs = FIRST_RETRY_MS;
    for (let attempt = 1; attempt <= ATTEMPTS_MAX && isCurrent(to); attempt += 1) {
      const headers = signWebhook({ secret: to.secret, id: change.eventId, at: clock.now(), rawBody });
      const status = await post(to.url, headers, rawBody);
      if (status !== null && status < 500 && status !== 429) return;
      await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      waitMs *= 2;
    }
  }

  /** The status of the answer, or null when none came. */
  async function post(url: string, headers: Record<string, string>, body: string): Promise<number | null> {
    try {
      const answer = await send(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/cloudevents+json' },
        body,
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
        signal: stopping.signal,
      });
      await answer.body.dump();
      return answer.statusCode;
    } catch {
      return null;
    }
  }

  async function sendFeed(to: WebhookEndpoint, feed: FeedName): Promise<void> {
    const sent = counters.get(`webhooks/${feed}`) ?? 0;
    const last = lastOf(feed);
    if (last <= sent) return;
    const fault = faults.strike(system);
    if (fault.mode !== 'down' && last - sent <= BURST_MAX) {
      const page = [...changes.getRange({ start: [feed, sent + 1], end: [feed, last + 1] })].map(
        ({ key: [, sequence], value }) => ({ ...value, sequence }),
      );
      for (const change of disturbPage(fault.mode, page, page.slice(0, 0))) await deliver(to, feed, change);
    }
    await storage.transact(() => counters.put(`webhooks/${feed}`, last));
  }

  async function sendAll(): Promise<void> {
    const to = endpoint();
    if (to === undefined) return;
    for (const feed of feeds) {
      if (stopping.signal.aborted) return;
      await sendFeed(to, feed);
    }
  }

  function wake(): void {
    if (queued || stopping.signal.aborted) return;
    queued = true;
    sending = sending.then(() => {
      queued = false;
      return sendAll();
    });
  }
  const stopWatching = storage.onCommit(() => {
    if (feeds.some((feed) => lastOf(feed) > (counters.get(`webhooks/${feed}`) ?? 0))) wake();
  });

  return {
    async setEndpoint(to) {
      await storage.transact(() => {
        records.put(endpointKey, to);
        for (const feed of feeds) counters.put(`webhooks/${feed}`, lastOf(feed));
      });
    },
    async stop() {
      stopWatching();
      stopping.abort();
      await sending;
    },
  };
}
