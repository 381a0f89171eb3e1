import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import { hashOf } from '../../../platform/idempotency/idempotency.ts';
import { type Caller, serviceIdentity } from '../../../platform/identity/identity.ts';
import { deriveKey } from '../../../platform/ids.ts';
import type { Destination } from '../domain/destination.ts';
import type { OrderUserErrorValue } from '../domain/price-lines.ts';
import type { Siblings } from '../room.ts';

/** Stock wanted for one line of an order. */
export interface Want {
  readonly lineId: string;
  /** The line's place in the request, for errors. */
  readonly index: number;
  readonly variantId: string;
  readonly units: number;
  readonly unit: string;
  readonly locationId: string | null;
}

/** Stock that is ours until the order stands or the claim runs out. */
export interface ClaimedStock {
  readonly lineId: string;
  readonly reservationId: string;
  readonly locationId: string;
  readonly quantity: number;
  /** What of it is not there yet. Absent: all of it is. */
  readonly backordered?: number;
}

const RESERVE = {
  name: 'OrderReserve',
  document: /* GraphQL */ `
    mutation OrderReserve($input: ReserveInventoryInput!) {
      reserveInventory(input: $input) {
        reservations { id state reference location { id } quantity { value } backordered { value } }
        userErrors { code message field retryable availableQuantity { value unit } }
      }
    }`,
};

const RELEASE = {
  name: 'OrderRelease',
  document: /* GraphQL */ `
    mutation OrderRelease($input: ReservationActionInput!) {
      releaseReservation(input: $input) { userErrors { code } }
    }`,
};

interface ReserveAnswer {
  readonly reserveInventory: {
    readonly reservations: readonly {
      readonly id: string;
      readonly state: string;
      readonly reference: string | null;
      readonly location: { readonly id: string } | null;
      readonly quantity: { readonly value: string };
      readonly backordered: { readonly value: string };
    }[];
    readonly userErrors: readonly OrderUserErrorValue[];
  };
}

/** How many undone attempts of one intent are passed over, one question each, before a new key is asked for. */
const MAX_GENERATIONS = 100;
const RELEASES_AT_ONCE = 16;

/**
 * Claims stock for all lines or none. The key follows from the order and what is wanted, so a retry after a crash is given the claims
 * it made before; claims that were released since count as an earlier generation, and the next key is used.
 */
export async function claimStock(
  inventory: Siblings['inventory'],
  order: { id: string; channelId: string; destination: Destination | null },
  wants: readonly Want[],
  caller: Caller,
): Promise<Decision<readonly ClaimedStock[], OrderUserErrorValue>> {
  if (wants.length === 0) return accepted([]);
  const asker = { ...caller, identity: serviceIdentity('order') };
  const lines = wants.map((want) => ({
    variantId: want.variantId,
    quantity: { value: String(want.units), unit: want.unit },
    locationId: want.locationId,
    reference: want.lineId,
  }));
  const { destination } = order;
  const wanted = destination === null ? lines : { lines, destination };
  for (let generation = 1; generation <= MAX_GENERATIONS; generation += 1) {
    const input = {
      idempotencyKey: deriveKey(order.id, `reserve/${hashOf(wanted)}/${generation}`),
      ownerType: 'ORDER_LINE',
      ownerId: order.id,
      channelId: order.channelId,
      ...(destination === null ? {} : { destination }),
      lines,
    };
    const { reserveInventory } = await inventory.ask<ReserveAnswer>(RESERVE, { input }, asker);
    if (reserveInventory.userErrors.length > 0)
      return refused(...reserveInventory.userErrors.map((error) => atLine(error, wants)));
    const { reservations } = reserveInventory;
    const active = reservations.filter(({ state }) => state === 'ACTIVE');
    if (active.length < reservations.length) {
      // What an undo could not give back then is given back now: this attempt claims anew.
      const ids = active.map(({ id }) => id);
      if (ids.length > 0) await releaseStock(inventory, ids, caller);
      continue;
    }
    return accepted(
      reservations.map(({ id, reference, location, quantity, backordered }) => ({
        lineId: reference ?? '',
        reservationId: id,
        locationId: location?.id ?? '',
        quantity: Number(quantity.value),
        ...(Number(backordered.value) === 0 ? {} : { backordered: Number(backordered.value) }),
      })),
    );
  }
  return refused(
    userError(
      'ATTEMPTS_EXHAUSTED',
      'This request has been tried and refused too often. Send it with a new idempotency key.',
      { field: ['input', 'idempotencyKey'] },
    ),
  );
}

/** Gives claims back at once instead of when they run out. A claim that cannot be given back now runs out by itself. */
export async function releaseStock(
  inventory: Siblings['inventory'],
  reservationIds: readonly string[],
  caller: Caller,
): Promise<void> {
  const asker = { ...caller, identity: serviceIdentity('order') };
  for (let at = 0; at < reservationIds.length; at += RELEASES_AT_ONCE) {
    await Promise.allSettled(
      reservationIds
        .slice(at, at + RELEASES_AT_ONCE)
        .map((id) =>
          inventory.ask(
            RELEASE,
            { input: { idempotencyKey: deriveKey(id, 'release'), id, reasonCode: 'ORDER_NOT_PLACED' } },
            asker,
          ),
        ),
    );
  }
}

/** Inventory speaks of the lines it was given; the client knows the lines it sent. */
function atLine(error: OrderUserErrorValue, wants: readonly Want[]): OrderUserErrorValue {
  const [input, lines, position, ...rest] = error.field ?? [];
  const want = wants[Number(position)];
  if (input !== 'input' || lines !== 'lines' || want === undefined)
    return { ...error, field: ['input', 'lines'] };
  return { ...error, field: ['input', 'lines', String(want.index), ...rest] };
}
