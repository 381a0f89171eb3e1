import { CLOCK_TOLERANCE_MS } from '../../../platform/clock.ts';
import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';
import type { Identity } from '../../../platform/identity/identity.ts';
import type { Money } from '../../../platform/money.ts';
import { type PlaceOrderInput, type PlaceRequest, readPlaceRequest } from './place-request.ts';

/** What a till sends, as the schema has let it through. */
export interface SubmitOfflineSalesInput {
  readonly idempotencyKey: string;
  readonly channelId?: string | null | undefined;
  readonly locationId: string;
  readonly registerId: string;
  readonly sales: readonly OfflineSaleInput[];
}

export interface OfflineSaleInput {
  readonly registerTransactionId: string;
  readonly occurredAt: string;
  readonly lines: PlaceOrderInput['lines'];
  readonly paymentIds: readonly string[];
  readonly total: Money;
}

/** What one call may carry, so that it is answered within a request's time. */
const MAX_SALES = 100;
const MAX_LINES_IN_ALL = 2_000;
/** Registers and their numbers are short; what is longer is a mistake, and would not fit an index. */
const MAX_NAME_LENGTH = 64;
/** Tills may bring their offline sales for a month; what is older belongs to a closed month and to a person. */
const MAX_AGE_MS = 30 * 24 * 60 * 60_000;

/** What is wrong with a batch as a whole; a batch without such errors is looked at sale by sale. */
export function batchErrors(
  { locationId, registerId, sales }: SubmitOfflineSalesInput,
  identity: Identity,
): UserErrorValue[] {
  const errors: UserErrorValue[] = [];
  if (sales.length === 0 || sales.length > MAX_SALES)
    errors.push(
      userError('SALES_INVALID', `A call carries 1 to ${MAX_SALES} sales, not ${sales.length}.`, {
        field: ['input', 'sales'],
      }),
    );
  const lines = sales.reduce((sum, sale) => sum + sale.lines.length, 0);
  if (lines > MAX_LINES_IN_ALL)
    errors.push(
      userError(
        'SALES_INVALID',
        `A call carries sales of at most ${MAX_LINES_IN_ALL} lines in all, not ${lines}.`,
        {
          field: ['input', 'sales'],
        },
      ),
    );
  if (!isName(registerId))
    errors.push(
      userError(
        'REGISTER_INVALID',
        `A register is named by 1 to ${MAX_NAME_LENGTH} characters, with no blank at either end.`,
        {
          field: ['input', 'registerId'],
        },
      ),
    );
  if (identity.locationId !== undefined && identity.locationId !== locationId)
    errors.push(
      userError('FORBIDDEN', 'A till submits the sales of its own place.', {
        field: ['input', 'locationId'],
      }),
    );
  return errors;
}

/** What must be right of a sale's number before it can be looked up. */
export function ticketErrors({ registerTransactionId }: OfflineSaleInput, index: number): UserErrorValue[] {
  if (isName(registerTransactionId)) return [];
  return [
    userError(
      'TICKET_INVALID',
      `A sale's number has 1 to ${MAX_NAME_LENGTH} characters, with no blank at either end.`,
      {
        field: [...atSale(index), 'registerTransactionId'],
      },
    ),
  ];
}

/** A sale as the order it is to become. The goods have been carried home: where from, and when, is said. */
export function readOfflineSale(
  sale: OfflineSaleInput,
  facts: {
    readonly index: number;
    readonly locationId: string;
    readonly channelId: string;
    readonly identity: Identity;
    readonly now: Date;
  },
): Decision<PlaceRequest> {
  const { index, locationId, channelId, identity, now } = facts;
  const field = atSale(index);
  const errors: UserErrorValue[] = [];
  const occurredAt = new Date(sale.occurredAt);
  const ageMs = now.getTime() - occurredAt.getTime();
  if (ageMs < -CLOCK_TOLERANCE_MS || ageMs > MAX_AGE_MS)
    errors.push(
      userError('OCCURRED_AT_INVALID', 'A sale was made within the last 30 days, not in the future.', {
        field: [...field, 'occurredAt'],
      }),
    );
  for (const [position, line] of sale.lines.entries()) {
    const at = [...field, 'lines', String(position)];
    if (line.method !== 'IN_STORE_CASH_AND_CARRY')
      errors.push(
        userError(
          'METHOD_INVALID',
          `What was sold without the line was carried home, IN_STORE_CASH_AND_CARRY, not ${line.method}.`,
          { field: [...at, 'method'] },
        ),
      );
    if (line.locationId != null && line.locationId !== locationId)
      errors.push(
        userError('LOCATION_MISMATCH', 'Goods were carried home from the place of the register.', {
          field: [...at, 'locationId'],
        }),
      );
  }
  const read = readPlaceRequest(
    {
      idempotencyKey: '',
      channelId,
      lines: sale.lines.map((line) => ({ ...line, locationId })),
      paymentIds: sale.paymentIds,
      expectedTotal: sale.total,
    },
    identity,
    now,
  );
  if (!read.ok) errors.push(...read.errors.map((error) => inSale(error, index)));
  if (!read.ok || errors.length > 0) return refused(...errors);
  return accepted({ ...read.value, placedAt: occurredAt });
}

/** An error about an order, at the fields of the sale it was to become. */
export function inSale<E extends UserErrorValue>(error: E, index: number): E {
  const [, ...path] = error.field ?? [];
  const names = path.map((name, depth) => (depth === 0 && name === 'expectedTotal' ? 'total' : name));
  return { ...error, field: [...atSale(index), ...names] };
}

function atSale(index: number): string[] {
  return ['input', 'sales', String(index)];
}

function isName(text: string): boolean {
  return text !== '' && text.trim() === text && text.length <= MAX_NAME_LENGTH;
}
