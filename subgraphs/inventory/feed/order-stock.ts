import type { ClientSession } from 'mongoose';
import type { Allocation } from '../domain/allocation.ts';
import type { AllocationStep } from '../domain/allocation-steps.ts';
import type { Movement } from '../domain/movement.ts';
import type { ReservationState } from '../domain/reservation.ts';
import type { InventoryStore } from '../store/inventory-store.ts';

/** What one order holds, while an event is applied to it: steps are taken in memory and written together. */
export interface OrderStock {
  /** As they are after the steps taken so far. */
  allocations(): Allocation[];
  take(step: AllocationStep): void;
  /** Writes the steps, with other movements of the same fact; reservations of which nothing is left end with their allocations. */
  write(at: Date, others?: readonly Movement[]): Promise<void>;
}

/** Reads what an order holds in the transaction of the event. */
export async function createOrderStock(
  store: Pick<InventoryStore, 'allocations' | 'claims' | 'ledger'>,
  session: ClientSession,
  orderId: string,
): Promise<OrderStock> {
  const allocations = new Map(
    (await store.allocations.ofOrder(session, orderId)).map((one) => [one.id, one]),
  );
  const changed = new Set<string>();
  const movements: Movement[] = [];

  return {
    allocations: () => [...allocations.values()],

    take(step) {
      allocations.set(step.allocation.id, step.allocation);
      changed.add(step.allocation.id);
      movements.push(...step.movements);
    },

    async write(at, others = []) {
      await store.ledger.record(session, { movements: [...movements, ...others], at });
      const written = [...allocations.values()].filter(({ id }) => changed.has(id));
      await store.allocations.save(session, written, at);
      await settle(written, 'CONSUMED', 'CONSUMED', at);
      await settle(written, 'DEALLOCATED', 'RELEASED', at);
    },
  };

  async function settle(
    written: readonly Allocation[],
    state: Allocation['state'],
    end: Extract<ReservationState, 'CONSUMED' | 'RELEASED'>,
    at: Date,
  ): Promise<void> {
    const ended = written.filter((one) => one.state === state).map(({ reservationId }) => reservationId);
    await store.claims.settle(session, ended, end, at);
  }
}
