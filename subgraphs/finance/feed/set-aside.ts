import type { ClientSession } from 'mongoose';
import type { DomainEvent } from '../../../platform/events/events.ts';
import { quarantineModel } from '../../../platform/feed/quarantine.ts';
import type { Room } from '../room.ts';

/** Sets an event aside that no repetition can mend, where a person finds it with its reason; those after it go on. */
export async function setAside(
  session: ClientSession,
  room: Room,
  event: DomainEvent,
  reason: { code: string; message: string; field?: string },
): Promise<void> {
  room.logger.error({ event: event.id, type: event.type, ...reason }, 'an event was quarantined');
  await quarantineModel(room.integration.connection).updateOne(
    { _id: `finance/events|${event.id}` },
    {
      $setOnInsert: {
        feed: `finance/events/${event.type}`,
        system: event.source,
        eventId: event.id,
        code: reason.code,
        message: reason.message,
        field: reason.field ?? null,
        raw: JSON.stringify(event.data),
        at: room.clock.now(),
      },
    },
    { upsert: true, session },
  );
}
