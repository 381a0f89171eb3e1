import { CLOCK_TOLERANCE_MS } from '../../../platform/clock.ts';
import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';
import { hasScope, type Identity, isShopperOnly } from '../../../platform/identity/identity.ts';
import { decimal, type Money, zero } from '../../../platform/money.ts';
import { wholePositiveUnits } from '../../../platform/quantity.ts';
import { type Destination, type DestinationWish, destinationErrors, destinationOf } from './destination.ts';
import { type FulfillmentMethod, isCollected } from './order.ts';

/** What a client sends, as the schema has let it through. */
export interface PlaceOrderInput {
  readonly idempotencyKey: string;
  readonly channelId: string;
  readonly customerId?: string | null | undefined;
  readonly lines: readonly {
    readonly variantId: string;
    readonly quantity: { readonly value: string; readonly unit: string };
    readonly locationId?: string | null | undefined;
    readonly method: FulfillmentMethod;
    readonly unitPrice?: Money | null | undefined;
  }[];
  readonly reservationIds?: readonly string[] | null | undefined;
  readonly paymentIds: readonly string[];
  readonly expectedTotal: Money;
  readonly clientPlacedAt?: string | null | undefined;
  readonly destination?: DestinationWish | null | undefined;
}

/** A request that is right in itself; whether it can be had is not known yet. */
export interface PlaceRequest {
  readonly channelId: string;
  readonly customerId: string | null;
  readonly lines: readonly RequestedLine[];
  readonly reservationIds: readonly string[];
  readonly paymentIds: readonly string[];
  readonly expectedTotal: Money;
  readonly placedAt: Date;
  /** Where what is sent goes; null: nobody has said. */
  readonly destination: Destination | null;
}

export interface RequestedLine {
  readonly variantId: string;
  readonly units: number;
  readonly unit: string;
  readonly locationId: string | null;
  readonly method: FulfillmentMethod;
  readonly unitPrice: Money | null;
}

/** The longest real invoice we have seen has 1,114 lines. */
const MAX_LINES = 2_000;
const MAX_PAYMENTS = 20;
const MAX_RESERVATIONS = 2_000;
/** Decimals of a unit price that systems of record take; ERPs commonly keep four to six. */
const MAX_PRICE_DECIMALS = 6;
/** Dearer than anything sold by the piece in any currency, and small enough for sums of it to stay exact. */
const MAX_PRICE = decimal('1000000000');

/** Checks what can be checked without asking anybody: shape, quantities, rights. Names every field that is wrong. */
export function readPlaceRequest(
  input: PlaceOrderInput,
  identity: Identity,
  now: Date,
): Decision<PlaceRequest> {
  const errors: UserErrorValue[] = [];
  if (input.lines.length === 0 || input.lines.length > MAX_LINES) {
    errors.push(
      userError('LINES_INVALID', `An order has 1 to ${MAX_LINES} lines, not ${input.lines.length}.`, {
        field: ['input', 'lines'],
      }),
    );
  }
  if (input.paymentIds.length > MAX_PAYMENTS) {
    errors.push(
      userError('PAYMENTS_INVALID', `An order is paid with at most ${MAX_PAYMENTS} payments.`, {
        field: ['input', 'paymentIds'],
      }),
    );
  }
  const reservationIds = input.reservationIds ?? [];
  if (reservationIds.length > MAX_RESERVATIONS) {
    errors.push(
      userError('RESERVATIONS_INVALID', `An order uses at most ${MAX_RESERVATIONS} reservations.`, {
        field: ['input', 'reservationIds'],
      }),
    );
  }
  const customerId = input.customerId ?? null;
  if (isShopperOnly(identity) && customerId !== null && customerId !== identity.customerId) {
    errors.push(
      userError('FORBIDDEN', 'A shopper orders for nobody else.', { field: ['input', 'customerId'] }),
    );
  }
  const placedAt = input.clientPlacedAt == null ? now : new Date(input.clientPlacedAt);
  if (placedAt.getTime() > now.getTime() + CLOCK_TOLERANCE_MS) {
    errors.push(
      userError('PLACED_AT_INVALID', 'An order cannot have been placed in the future.', {
        field: ['input', 'clientPlacedAt'],
      }),
    );
  }
  const lines = input.lines.slice(0, MAX_LINES).map((line, index): RequestedLine => {
    const units = wholePositiveUnits(line.quantity.value);
    const field = ['input', 'lines', String(index)];
    if (units === null) {
      errors.push(
        userError('QUANTITY_INVALID', 'A quantity is a whole number of units, at least 1.', {
          field: [...field, 'quantity'],
        }),
      );
    }
    if (line.unitPrice != null)
      errors.push(...priceErrors(line.unitPrice, identity, [...field, 'unitPrice']));
    const atTill = line.method === 'IN_STORE_CASH_AND_CARRY';
    const locationId = line.locationId ?? (atTill ? identity.locationId : undefined) ?? null;
    if ((atTill || isCollected(line.method)) && locationId === null) {
      errors.push(
        userError(
          'LOCATION_REQUIRED',
          'Goods that are collected or carried home lie in a store: say which.',
          {
            field: [...field, 'locationId'],
          },
        ),
      );
    }
    return {
      variantId: line.variantId,
      units: units ?? 0,
      unit: line.quantity.unit,
      locationId,
      method: line.method,
      unitPrice: line.unitPrice ?? null,
    };
  });
  const destination = input.destination == null ? null : destinationOf(input.destination);
  if (destination !== null) errors.push(...destinationErrors(destination));
  if (errors.length > 0) return refused(...errors);
  return accepted({
    channelId: input.channelId,
    customerId: customerId ?? (isShopperOnly(identity) ? (identity.customerId ?? null) : null),
    lines,
    reservationIds,
    paymentIds: input.paymentIds,
    expectedTotal: input.expectedTotal,
    placedAt,
    destination,
  });
}

/** Who may bring a price along, and which one. */
function priceErrors(price: Money, identity: Identity, field: string[]): UserErrorValue[] {
  if (!hasScope(identity, 'order:price')) {
    return [
      userError('FORBIDDEN', 'Only a caller with the scope order:price brings its own price.', { field }),
    ];
  }
  const given = decimal(price.amount);
  if (given.gte(zero) && given.lte(MAX_PRICE) && given.round(MAX_PRICE_DECIMALS).eq(given)) return [];
  return [
    userError(
      'PRICE_INVALID',
      `A price is 0 to ${MAX_PRICE.toFixed()} and has at most ${MAX_PRICE_DECIMALS} decimals.`,
      { field },
    ),
  ];
}
