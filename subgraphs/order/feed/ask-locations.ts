import { LRUCache } from 'lru-cache';
import { serviceIdentity } from '../../../platform/identity/identity.ts';
import type { Order } from '../domain/order.ts';
import type { Room } from '../room.ts';

const LOCATIONS = {
  name: 'OrderLocations',
  document: /* GraphQL */ `
    query OrderLocations($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Location { id code } }
    }`,
};

interface Answer {
  readonly _entities: readonly ({ readonly id: string; readonly code: string } | null)[];
}

const TIMEOUT_MS = 5_000;
/** A place's code never changes: its id follows from it. */
const known = new LRUCache<string, string>({ max: 10_000 });

/** The codes that systems of record know an order's places by. A place that inventory does not know is left out. */
export async function codesOfLocations(room: Room, order: Order): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(order.lines.flatMap((line) => line.claims.map((claim) => claim.locationId)))];
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length > 0) {
    const caller = {
      identity: serviceIdentity('order'),
      correlationId: order.correlationId,
      deadlineMs: room.clock.now().getTime() + TIMEOUT_MS,
    };
    const representations = missing.map((id) => ({ __typename: 'Location', id }));
    const { _entities } = await room.siblings.inventory.ask<Answer>(LOCATIONS, { representations }, caller);
    for (const location of _entities) if (location !== null) known.set(location.id, location.code);
  }
  return new Map(ids.flatMap((id) => (known.has(id) ? [[id, known.get(id) ?? ''] as const] : [])));
}
