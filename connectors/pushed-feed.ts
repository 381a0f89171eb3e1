import { createPushedChanges, type PushedChanges } from '../platform/inbox/pushed-changes.ts';
import type { WebhookInbox } from '../platform/inbox/webhook-inbox.ts';
import type { FeedName, FeedRecord } from './feeds.ts';
import { parseRecord } from './parse-record.ts';
import type { Connector } from './port.ts';

/** What `connector` pushes of `feed`, for the feed's poller; undefined where it can only be polled. */
export function pushedFeed<F extends FeedName>(
  connector: Connector,
  feed: F,
  inbox: WebhookInbox,
): PushedChanges<FeedRecord[F]> | undefined {
  const { system, webhooks } = connector;
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
