import { createConsumer } from '../../../platform/events/consumer.ts';
import type { DomainEvent } from '../../../platform/events/events.ts';
import {
  clearedExceptionSchema,
  EXCEPTION_CLEARED,
  EXCEPTION_RAISED,
  reportedExceptionSchema,
} from '../../../platform/events/exceptions.ts';
import { idFromKey } from '../../../platform/ids.ts';
import type { Running } from '../../../platform/subgraph.ts';
import {
  type BusinessException,
  type BusinessExceptionKind,
  EXCEPTION_KINDS,
  open,
} from '../domain/business-exception.ts';
import type { Room } from '../room.ts';

/** Takes in what other rooms found out: goods that were not collected, stock that does not agree. */
export function createReported(room: Room): Running {
  const { integration, clock, logger, exceptions, teller } = room;
  return createConsumer({
    name: 'operations/reported',
    events: integration.events,
    inbox: integration.inbox,
    connection: integration.connection,
    clock,
    logger,
    onApplied: () => teller.wake(),
    handlers: {
      async [EXCEPTION_RAISED](session, event) {
        const raised = read(event);
        if (raised === null)
          logger.error({ event: event.id, source: event.source }, 'a report of an exception cannot be read');
        else await exceptions.raiseOne(session, raised);
      },
      async [EXCEPTION_CLEARED](session, event) {
        const { data } = clearedExceptionSchema.safeParse(event.data);
        const kind = kindOf(data?.kind);
        if (data === undefined || kind === undefined) return;
        await exceptions.cleared(session, { ...data, kind, at: new Date(event.time), by: event.source });
      },
    },
  });
}

function read(event: DomainEvent): BusinessException | null {
  const { data } = reportedExceptionSchema.safeParse(event.data);
  const kind = kindOf(data?.kind);
  if (data === undefined || kind === undefined) return null;
  return open({
    ...data,
    kind,
    _id: idFromKey('business-exception', event.source, event.id),
    operationId: null,
    openedAt: new Date(event.time),
  });
}

function kindOf(word: string | undefined): BusinessExceptionKind | undefined {
  return EXCEPTION_KINDS.find((known) => known === word);
}
