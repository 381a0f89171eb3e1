import { quarantineModel } from '../../../platform/feed/quarantine.ts';
import { isMet, levelsOfExceptions, levelsOfOperations, levelsOfRejected } from '../domain/service-level.ts';
import { windowMs, windowText } from '../domain/service-window.ts';
import type { QueryResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { exceptionsSince, LOOKED_AT_MOST, operationsSince, rejectedSince } from '../store/service-levels.ts';
import { needScope } from './access.ts';

/** How well the layer does, from what is stored: nothing is sampled for it, so nothing is lost when a process dies. */
export function serviceLevels(room: Room): NonNullable<QueryResolvers['serviceLevels']> {
  const { integration, exceptions, clock } = room;
  return async (_parent, { window, channelId, locationId }, { caller }) => {
    needScope(caller, 'ops:read');
    const now = clock.now();
    const wantedMs = windowMs(window ?? null);
    const since = new Date(now.getTime() - wantedMs);
    const isOfPart = channelId != null || locationId != null;
    const [{ accepted, underWay }, opened, rejected] = await Promise.all([
      operationsSince(integration.operations.model, since, {
        ...(channelId == null ? {} : { channelId }),
        ...(locationId == null ? {} : { locationId }),
      }),
      // They know neither channel nor place: a number for one would be a number for all.
      isOfPart ? [] : exceptionsSince(exceptions.model, since),
      isOfPart ? new Map() : rejectedSince(quarantineModel(integration.connection), since),
    ]);
    const oldest = accepted.at(-1);
    const coveredMs =
      accepted.length < LOOKED_AT_MOST || oldest === undefined
        ? wantedMs
        : now.getTime() - oldest.createdAt.getTime();
    const shown = (levels: ReturnType<typeof levelsOfOperations>, ms: number) =>
      levels.map((level) => ({
        ...level,
        value: inText(level.value),
        objective: inText(level.objective),
        met: isMet(level),
        window: windowText(ms),
        dimensions: [...level.dimensions],
      }));
    return [
      ...shown(levelsOfOperations([...accepted, ...underWay], now), coveredMs),
      ...shown([...levelsOfExceptions(opened, now), ...levelsOfRejected(rejected)], wantedMs),
    ];
  };
}

/** To the thousandth: milliseconds, and tenths of a percent. */
function inText(value: number | null): string | null {
  return value === null ? null : String(Math.round(value * 1_000) / 1_000);
}
