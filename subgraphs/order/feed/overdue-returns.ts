import type { ClientSession } from 'mongoose';
import { clearException, reportException } from '../../../platform/events/exceptions.ts';
import { createRepeating } from '../../../platform/repeating.ts';
import type { Running } from '../../../platform/subgraph.ts';
import { GOODS_EXPECTED_WITHIN_MS, inWords } from '../domain/overdue-return.ts';
import type { Return } from '../domain/return.ts';
import type { Room } from '../room.ts';

const LOOK_EVERY_MS = 60_000;
const BATCH = 100;
const KIND = 'RETURN_OVERDUE';

type Needs = Pick<Room, 'returns' | 'store' | 'integration' | 'clock' | 'logger'>;

/**
 * Calls people when goods that were announced have not come in time, once for each return, and lets them off when all has come or nobody waits
 * any more. Every process looks; the mark on the return says who was first.
 */
export function createOverdueReturns(room: Needs): Running & { look(): Promise<void> } {
  const { returns, store, integration, clock, logger } = room;
  const reporter = ({ correlationId }: Return) => ({
    events: integration.events,
    source: '/subgraphs/order',
    correlationId,
  });
  const call = (session: ClientSession, goods: Return) =>
    reportException(session, reporter(goods), {
      kind: KIND,
      subjectId: goods._id,
      detail: inWords(goods),
      ownerTeam: 'order operations',
      audience: 'BUSINESS',
      severity: 'MEDIUM',
    });
  const letOff = (session: ClientSession, goods: Return) =>
    clearException(session, reporter(goods), { kind: KIND, subjectId: goods._id });

  async function look(): Promise<void> {
    const now = clock.now();
    const since = new Date(now.getTime() - GOODS_EXPECTED_WITHIN_MS);
    for (const goods of await returns.overdue(since, BATCH)) {
      await store.transaction(async (session) => {
        if (await returns.setOverdue(session, goods._id, now)) await call(session, goods);
      });
    }
    for (const goods of await returns.overdueNoMore(BATCH)) {
      await store.transaction(async (session) => {
        if (await returns.setOverdue(session, goods._id, null)) await letOff(session, goods);
      });
    }
  }

  const repeating = createRepeating({
    name: 'overdue returns',
    everyMs: LOOK_EVERY_MS,
    clock,
    logger,
    failure: 'returns that are overdue could not be looked for',
    async turn() {
      await look();
      return undefined;
    },
  });
  return { ...repeating, look };
}
