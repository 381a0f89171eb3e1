import type { PollerOptions } from '../platform/feed/poller-options.ts';
import { createPushedChanges, type PushedChanges } from '../platform/inbox/pushed-changes.ts';
import type { WebhookInbox } from '../platform/inbox/webhook-inbox.ts';
import type { Integration } from '../platform/integration.ts';
import { type FeedName, type FeedRecord, recordKey } from './feeds.ts';
import { parseRecord } from './parse-record.ts';
import type { Connector } from './port.ts';

/** What a poller has to know of one feed of `connector`: how it is read, what is pushed of it, and what names its records. */
export function polledFeed<F extends FeedName>(
  connector: Connector,
  feed: F,
  { connection, health, webhooks }: Pick<Integration, 'connection' | 'health' | 'webhooks'>,
): Pick<PollerOptions<FeedRecord[F]>, 'system' | 'connection' | 'health' | 'pushed' | 'keyOf' | 'read'> {
  return {
    system: connector.system,
    connection,
    health,
    pushed: pushedFeed(connector, feed, webhooks),
    keyOf: (record) => recordKey(feed, record),
    read: (cursor, options) => connector.readChanges(feed, cursor, options),
  };
}

/** What is pushed of `feed`; undefined where it can only be polled. */
function pushedFeed<F extends FeedName>(
  { system, webhooks }: Connector,
  feed: F,
  inbox: WebhookInbox,
): PushedChanges<FeedRecord[F]> | undefined {
  if (webhooks?.feeds.includes(feed) !== true) return undefined;
  return createPushedChanges({
    inbox,
    system,
    feed,
    parse: (data) => parseRecord(feed, data),
    positionOf: webhooks.positionOf,
    cursorOf: webhooks.cursorOf,
  });
}
