import type { ClientSession } from 'mongoose';
import type { SourcingDecision } from '../domain/sourcing.ts';
import type { Collections } from './collections.ts';
import type { SourcingDecisionRecord } from './records.ts';

/** Why stock was taken from where it was taken: each decision with all it was made from, so that it can be made again. */
export interface SourcingDecisions {
  insert(
    session: ClientSession,
    decision: SourcingDecision,
    reservationIds: readonly string[],
    at: Date,
  ): Promise<void>;
  /** The decision a reservation came of; null when its request named the place, or it is older than reservations are kept. */
  ofReservation(reservationId: string): Promise<SourcingDecision | null>;
}

export function createSourcingDecisions({
  sourcingDecisions: model,
}: Pick<Collections, 'sourcingDecisions'>): SourcingDecisions {
  return {
    async insert(session, { strategy, problem, plan }, reservationIds, at) {
      const [first] = reservationIds;
      if (first === undefined) return;
      await model.insertMany(
        [{ _id: first, reservationIds: [...reservationIds], decidedAt: at, strategy, problem, plan }],
        { session, lean: true },
      );
    },
    async ofReservation(reservationId) {
      const record = await model
        .findOne({ reservationIds: reservationId })
        .lean<SourcingDecisionRecord | null>();
      if (record === null) return null;
      const { strategy, problem, plan } = record;
      return { strategy, problem, plan };
    },
  };
}
