import type { FeedName } from '../feeds.ts';

/** The stand-in systems that push. */
export const PUSHING_SYSTEMS = ['erp', 'wms', 'carrier'] as const;
export type PushingSystem = (typeof PUSHING_SYSTEMS)[number];

/** The form the stand-in systems' deliveries have: both ends of it are ours, and neither reads the other's code. `/sandbox/erp`. */
export function eventSourceOf(system: PushingSystem): string {
  return `/sandbox/${system}`;
}

/** `urn:sandbox:erp:items:1`. The last number is the version of the form; a reader refuses one it does not know. */
export function dataSchemaOf(system: PushingSystem, feed: FeedName): string {
  return `urn:sandbox:${system}:${feed}:1`;
}

/** `erp.items.changed`. */
export function eventTypeOf(system: PushingSystem, feed: FeedName): string {
  return `${system}.${feed}.changed`;
}
