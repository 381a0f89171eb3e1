import type { ClientSession } from 'mongoose';
import type { Clock } from '../../../platform/clock.ts';
import { idFromKey } from '../../../platform/ids.ts';
import type { Logger } from '../../../platform/telemetry/logger.ts';
import type { PolicyOf } from '../domain/channel-policy.ts';
import { allowanceOf, oversoldFinding, planRelief, soldAhead } from '../domain/oversell.ts';
import type { InventoryStore } from '../store/inventory-store.ts';
import type { LevelRecord } from '../store/records.ts';
import type { ReSourcing } from './re-sourcing.ts';

const REASON = 'STOCK_GONE';

export interface OversellReliefOptions {
  readonly store: InventoryStore;
  readonly reSourcing: ReSourcing;
  readonly policyOf: PolicyOf;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface OversellRelief {
  /**
   * When a count, a sale that was told of late, or damage leaves less than was promised, somebody must give way. Opens a discrepancy that
   * names the fact, and takes back what cannot be kept: an order's stock is claimed at another place that sends parcels
   * (`inventory.allocationMoved`), and where there is none its order is told (`inventory.allocationFailed`), which may substitute,
   * backorder or cancel. `level` was read in the same transaction.
   */
  relieve(session: ClientSession, level: LevelRecord): Promise<void>;
}

export function createOversellRelief(options: OversellReliefOptions): OversellRelief {
  const { store, reSourcing, clock, logger } = options;

  async function relieve(session: ClientSession, level: LevelRecord): Promise<void> {
    if (level.available >= 0) return;
    const { _id: id } = level;
    const at = clock.now();
    const { reservations, promised } = await store.oversold.claimsOf(session, level);
    const stock = (await store.stock.read([level.variantId], session)).get(level.variantId);
    const channels = [...reservations, ...promised.map(({ reservation }) => reservation)];
    const policies = [...new Set(channels.map(({ channelId }) => channelId))].map(options.policyOf);
    const supplies = (stock?.supplies ?? []).filter(({ locationId }) => locationId === level.locationId);
    const allowance = Math.max(allowanceOf(policies, supplies, at), soldAhead(reservations, promised));
    const carts = reservations.filter(({ ownerType }) => ownerType === 'CART');
    const relief = planRelief({ level, carts, promised, allowance });
    if (relief === null) return;

    const fact = await store.oversold.cause(session, level);
    // One incident for each fact: who looks again, because nobody could give way, opens no second one.
    const incident = idFromKey('oversold', id, fact?._id ?? 'unknown');
    const finding = oversoldFinding(level, fact);
    const isNew = await store.discrepancies.openOnce(session, incident, level, { ...finding, at });
    if (isNew)
      logger.error(
        { levelId: id, units: relief.units, cause: finding.cause },
        'more was promised than there is',
      );
    if (relief.carts.length > 0)
      await store.claims.end(session, relief.carts, { state: 'RELEASED', reasonCode: REASON, at });
    for (const one of relief.promised) {
      const taking = { reason: REASON, at, correlationId: one.allocation.orderId };
      if (!(await reSourcing.moveElsewhere(session, one, stock?.levels ?? [], taking)))
        await reSourcing.giveUp(session, one, taking);
    }
  }

  return { relieve };
}
