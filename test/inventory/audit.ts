import assert from 'node:assert/strict';
import type { Connection } from 'mongoose';
import type { Allocation } from '../../subgraphs/inventory/domain/allocation.ts';
import { BUCKETS, emptyLevel, isBalanced } from '../../subgraphs/inventory/domain/level.ts';
import { applyDelta, deltaOf } from '../../subgraphs/inventory/domain/movement.ts';
import type {
  LedgerRecord,
  LevelRecord,
  ReservationRecord,
} from '../../subgraphs/inventory/store/records.ts';

/** How much was looked at. */
export interface Audited {
  readonly levels: number;
  readonly positions: number;
}

/**
 * Reads stock as it is kept and holds it to what is promised of it, throwing AssertionError for what does not hold: each level is
 * what its ledger adds up to; the balance holds and nothing is below zero at every position of the ledger, none of which is missing;
 * what is reserved and allocated is what the reservations and allocations say; no claim was booked twice. `mayOwe`: what is available may
 * be below zero, where a fact took more than was there.
 */
export async function auditStock(
  inventory: Connection,
  variantIds: readonly string[],
  { mayOwe = false } = {},
): Promise<Audited> {
  const about = { variantId: { $in: [...variantIds] } };
  const [levels, lines, reservations, allocations] = await Promise.all([
    inventory.collection<LevelRecord>('levels').find(about).toArray(),
    inventory.collection<LedgerRecord>('ledger').find(about).sort({ position: 1 }).toArray(),
    inventory.collection<ReservationRecord>('reservations').find(about).toArray(),
    inventory.collection<Allocation>('allocations').find(about).toArray(),
  ]);
  const here = <T extends { variantId: string; locationId: string }>(of: LevelRecord, all: readonly T[]) =>
    all.filter(({ variantId, locationId }) => variantId === of.variantId && locationId === of.locationId);

  assert.equal(
    levels.reduce((sum, level) => sum + here(level, lines).length, 0),
    lines.length,
    'there is a ledger line without a level',
  );
  for (const level of levels) {
    const own = here(level, lines);
    const steps = [...Map.groupBy(own, ({ position }) => position)];
    assert.deepEqual(
      steps.map(([position]) => position),
      Array.from({ length: level.version }, (_, index) => index + 1),
      'a position of the ledger is missing',
    );
    let replayed = emptyLevel(level.variantId, level.locationId, level.unit);
    for (const [position, step] of steps) {
      replayed = applyDelta(replayed, deltaOf(step));
      assert.ok(isBalanced(replayed), `the balance does not hold at position ${position}`);
      for (const bucket of BUCKETS)
        assert.ok(
          replayed[bucket] >= 0 || (mayOwe && bucket === 'available'),
          `${bucket} is ${replayed[bucket]} at position ${position}: ${JSON.stringify(step)}`,
        );
    }
    for (const what of [...BUCKETS, 'onHand', 'version'] as const)
      assert.equal(level[what], replayed[what], `${what} is not what the ledger adds up to`);

    const active = here(level, reservations).filter(({ state }) => state === 'ACTIVE');
    assert.equal(
      level.reserved,
      sum(active.map(({ quantity }) => quantity)),
      'reserved is not what is reserved',
    );
    const promised = here(level, allocations);
    assert.equal(
      level.allocated,
      sum(promised.map(({ open, picked }) => open - picked)),
      'allocated is not what is allocated',
    );
    assert.equal(level.picked, sum(promised.map(({ picked }) => picked)), 'picked is not what is picked');
  }
  for (const { _id, state } of reservations) {
    const told = (what: string) =>
      lines.filter(({ sourceEventId }) => sourceEventId === `${what}:${_id}`).length;
    const begun = told('reserve');
    assert.ok(begun <= 1 && begun + told('allocate') >= 1, `the claim ${_id} was booked ${begun} times`);
    if (state === 'ACTIVE')
      assert.equal(told('release') + told('allocate'), 0, `${_id} holds and does not hold`);
    else assert.ok(told('release') + told('allocate') >= 1, `${_id} is ${state} and nothing says how`);
  }
  return { levels: levels.length, positions: sum(levels.map(({ version }) => version)) };
}

function sum(units: readonly number[]): number {
  return units.reduce((total, one) => total + one, 0);
}
