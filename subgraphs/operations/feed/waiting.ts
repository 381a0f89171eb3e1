import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import { UNFINISHED } from '../../../platform/outbox/operation.ts';
import type { SystemRecord } from '../../../platform/outbox/system-record.ts';
import { createRepeating } from '../../../platform/repeating.ts';
import type { Running } from '../../../platform/subgraph.ts';
import { systemState } from '../domain/system-state.ts';
import { lagBreach, STUCK_AFTER_MS, stuckOperation } from '../domain/waiting.ts';
import type { Room } from '../room.ts';
import { backlogs } from '../store/operations.ts';

const LOOK_EVERY_MS = 5_000;
/** Operations that are told to be stuck at one look; the next look finds the next ones. */
const BATCH = 200;

/** Looks now and then for what waits too long, and closes what waits no more. Several processes may look: they find the same. */
export function createWaitingWatch(room: Room): Running & { look(): Promise<void> } {
  const { integration, clock, logger, exceptions, teller } = room;
  const { model } = integration.operations;

  async function look(): Promise<void> {
    const now = clock.now();
    const waiting = await backlogs(model);
    const systems = await integration.health.model.find().lean<SystemRecord[]>();
    const breaches = systems.flatMap((system) => {
      const backlog = waiting.get(system._id) ?? { count: 0, oldestAt: null };
      return lagBreach({ system: system._id, state: systemState(system, backlog, now), backlog }, now) ?? [];
    });
    const lagging = breaches.map(({ subjectId }) => subjectId);
    await exceptions.causeIsGone('SYNC_LAG_BREACH', lagging, now);

    // A system that answers while one order waits is not what that order waits for.
    const unwell = new Set(
      systems.flatMap((system) => {
        const backlog = { count: 0, oldestAt: null };
        return systemState(system, backlog, now) === 'UP' ? [] : [system._id];
      }),
    );
    const old = await model
      .find({
        state: { $in: [...UNFINISHED] },
        owner: { $ne: 'operations' },
        // What waits behind another is stuck no more than that one is.
        behind: { $size: 0 },
        createdAt: { $lt: new Date(now.getTime() - STUCK_AFTER_MS) },
      })
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean<OperationRecord[]>();
    const stuck = old.flatMap((operation) => stuckOperation(operation, unwell, now) ?? []);
    await exceptions.raise([...breaches, ...stuck]);
    // Closed as well as raised: whoever is to be told hears of both.
    teller.wake();
  }

  const repeating = createRepeating({
    name: 'operations/waiting',
    everyMs: LOOK_EVERY_MS,
    clock,
    logger,
    failure: 'what waits could not be looked through',
    async turn() {
      await look();
      return undefined;
    },
  });
  return { ...repeating, look };
}
