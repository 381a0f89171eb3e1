import type { FeedName } from '../feeds.ts';

/** The form the stand-in ERP's deliveries have: both ends of it are ours, and neither reads the other's code. */
export const ERP_EVENT_SOURCE = '/sandbox/erp';

/** `urn:sandbox:erp:items:1`. The last number is the version of the form; a reader refuses one it does not know. */
export function dataSchemaOf(feed: FeedName): string {
  return `urn:sandbox:erp:${feed}:1`;
}

/** `erp.items.changed`. */
export function eventTypeOf(feed: FeedName): string {
  return `erp.${feed}.changed`;
}
