import { CLOCK_TOLERANCE_MS } from '../../../platform/clock.ts';
import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';
import { hasScope, type Identity } from '../../../platform/identity/identity.ts';
import { type Money, parseDecimal, zero } from '../../../platform/money.ts';
import { wholePositiveUnits } from '../../../platform/quantity.ts';
import type { ReturnType } from './return.ts';
import { handlesReturns } from './return-access.ts';

/** What a client sends, as the schema has let it through. */
export interface RequestReturnInput {
  readonly type: ReturnType;
  readonly orderId?: string | null | undefined;
  readonly locationId?: string | null | undefined;
  readonly customerId?: string | null | undefined;
  readonly channelId?: string | null | undefined;
  readonly occurredAt?: string | null | undefined;
  readonly lines: readonly {
    readonly orderLineId?: string | null | undefined;
    readonly variantId: string;
    readonly quantity: { readonly value: string; readonly unit: string };
    readonly reasonCode: string;
    readonly unitPrice?: Money | null | undefined;
  }[];
}

/** A request that is right in itself; whether the goods may come back is not known yet. */
export type ReturnRequest = ReferencedRequest | UnreferencedRequest;

export interface ReferencedRequest {
  readonly type: 'REFERENCED';
  readonly orderId: string;
  /** Where they are expected, when that is known. */
  readonly locationId: string | null;
  readonly lines: readonly RequestedReturnLine[];
}

export interface UnreferencedRequest {
  readonly type: 'UNREFERENCED';
  readonly channelId: string;
  readonly customerId: string | null;
  /** Where they came in. */
  readonly locationId: string;
  readonly occurredAt: Date;
  readonly lines: readonly RequestedReturnLine[];
}

export interface RequestedReturnLine {
  readonly orderLineId: string | null;
  readonly variantId: string;
  readonly units: number;
  readonly unit: string;
  readonly reasonCode: string;
  readonly unitPrice: Money | null;
}

export const MAX_RETURN_LINES = 2_000;
const MAX_REASON_LENGTH = 60;
/** Digits after the point that every system of record can keep of a price. */
const MAX_PRICE_DIGITS = 6;
/** What only a return without an order needs to be told: all of it follows from the order otherwise. */
const FOR_UNREFERENCED = ['channelId', 'customerId', 'occurredAt'] as const;

/** Checks what can be checked without asking anybody: shape, quantities, rights. Names every field that is wrong. */
export function readReturnRequest(
  input: RequestReturnInput,
  identity: Identity,
  now: Date,
): Decision<ReturnRequest> {
  const lines = input.lines
    .slice(0, MAX_RETURN_LINES)
    .map((line, index) => readLine(line, input.type, identity, ['input', 'lines', String(index)]));
  const errors = [...lineCountErrors(input), ...lines.flatMap((line) => line.errors)];
  const read = lines.map((line) => line.value);
  return input.type === 'REFERENCED'
    ? readReferenced(input, read, errors)
    : readUnreferenced(input, read, errors, identity, now);
}

function readReferenced(
  input: RequestReturnInput,
  lines: readonly RequestedReturnLine[],
  before: readonly UserErrorValue[],
): Decision<ReferencedRequest> {
  const orderId = input.orderId ?? null;
  const errors = [...before];
  for (const name of FOR_UNREFERENCED) if (input[name] != null) errors.push(notFor('REFERENCED', [name]));
  if (orderId === null)
    errors.push(missing('ORDER_UNKNOWN', 'Name the order the goods were bought with.', 'orderId'));
  if (orderId === null || errors.length > 0) return refused(...errors);
  return accepted({ type: 'REFERENCED', orderId, locationId: input.locationId ?? null, lines });
}

function readUnreferenced(
  input: RequestReturnInput,
  lines: readonly RequestedReturnLine[],
  before: readonly UserErrorValue[],
  identity: Identity,
  now: Date,
): Decision<UnreferencedRequest> {
  // Whoever may not do it at all need not hear what else is wrong.
  if (!handlesReturns(identity)) return refused(forbidden(['input', 'type'], 'order:write'));
  const channelId = input.channelId ?? null;
  const locationId = input.locationId ?? identity.locationId ?? null;
  const occurredAt = input.occurredAt == null ? now : new Date(input.occurredAt);
  const errors = [...before];
  if (input.orderId != null) errors.push(notFor('UNREFERENCED', ['orderId']));
  if (channelId === null)
    errors.push(missing('CHANNEL_UNKNOWN', 'Name the channel that credits.', 'channelId'));
  if (locationId === null)
    errors.push(missing('LOCATION_UNKNOWN', 'Name the place that has the goods.', 'locationId'));
  if (occurredAt.getTime() > now.getTime() + CLOCK_TOLERANCE_MS)
    errors.push(missing('OCCURRED_AT_INVALID', 'Goods cannot have come back in the future.', 'occurredAt'));
  if (channelId === null || locationId === null || errors.length > 0) return refused(...errors);
  const customerId = input.customerId ?? null;
  return accepted({ type: 'UNREFERENCED', channelId, customerId, locationId, occurredAt, lines });
}

function readLine(
  line: RequestReturnInput['lines'][number],
  type: ReturnType,
  identity: Identity,
  field: string[],
): { readonly value: RequestedReturnLine; readonly errors: readonly UserErrorValue[] } {
  const units = wholePositiveUnits(line.quantity.value);
  const reasonCode = line.reasonCode.trim();
  const errors: UserErrorValue[] = [];
  if (units === null) errors.push(quantityInvalid([...field, 'quantity']));
  if (reasonCode === '' || reasonCode.length > MAX_REASON_LENGTH)
    errors.push(
      userError('REASON_INVALID', `A reason is 1 to ${MAX_REASON_LENGTH} characters.`, {
        field: [...field, 'reasonCode'],
      }),
    );
  if (type === 'UNREFERENCED' && line.orderLineId != null)
    errors.push(notFor(type, [...field.slice(1), 'orderLineId']));
  if (type === 'REFERENCED' && line.unitPrice != null)
    errors.push(notFor(type, [...field.slice(1), 'unitPrice']));
  if (type === 'UNREFERENCED' && line.unitPrice != null)
    errors.push(...priceErrors(line.unitPrice, identity, [...field, 'unitPrice']));
  const value = {
    orderLineId: line.orderLineId ?? null,
    variantId: line.variantId,
    units: units ?? 0,
    unit: line.quantity.unit,
    reasonCode,
    unitPrice: line.unitPrice ?? null,
  };
  return { value, errors };
}

function priceErrors(price: Money, identity: Identity, field: string[]): UserErrorValue[] {
  if (!hasScope(identity, 'order:price')) return [forbidden(field, 'order:price')];
  const amount = parseDecimal(price.amount);
  if (amount?.gte(zero) && amount.round(MAX_PRICE_DIGITS).eq(amount)) return [];
  return [
    userError('PRICE_INVALID', `A price is not negative and has at most ${MAX_PRICE_DIGITS} decimals.`, {
      field,
    }),
  ];
}

function lineCountErrors({ lines }: RequestReturnInput): UserErrorValue[] {
  if (lines.length > 0 && lines.length <= MAX_RETURN_LINES) return [];
  return [
    missing('LINES_INVALID', `A return has 1 to ${MAX_RETURN_LINES} lines, not ${lines.length}.`, 'lines'),
  ];
}

export function quantityInvalid(field: readonly string[]): UserErrorValue {
  return userError('QUANTITY_INVALID', 'A quantity is a whole number of units, at least 1.', { field });
}

export function unitUnknown(
  sku: string,
  kept: string,
  sent: string,
  field: readonly string[],
): UserErrorValue {
  return userError('UNIT_UNKNOWN', `${sku} is counted in ${kept}, not ${sent}.`, { field });
}

function notFor(type: ReturnType, path: readonly string[]): UserErrorValue {
  return userError('RETURN_TYPE_MISMATCH', `A ${type} return does not take this field.`, {
    field: ['input', ...path],
  });
}

function missing(code: string, message: string, name: string): UserErrorValue {
  return userError(code, message, { field: ['input', name] });
}

function forbidden(field: readonly string[], scope: string): UserErrorValue {
  return userError('FORBIDDEN', `Only a caller with the scope ${scope} may do this.`, { field });
}
