import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';
import type { Identity } from '../../../platform/identity/identity.ts';
import type { NewId } from '../../../platform/ids.ts';
import { NOT_REQUIRED } from './erp-sync.ts';
import { isCarried, type Order, type OrderLine, refundable } from './order.ts';
import { type ReferencedRequest, type RequestedReturnLine, unitUnknown } from './request-return.ts';
import type { Return, ReturnLine } from './return.ts';
import { handlesReturns } from './return-access.ts';
import { rmaNumber } from './rma-number.ts';
import { keepAside } from './units-back.ts';

export interface RequestFacts {
  readonly identity: Identity;
  readonly correlationId: string;
  readonly now: Date;
  readonly newId: NewId;
}

/** How long after buying a customer may give something back without anybody looking at the request first. */
export const RETURN_POLICY_DAYS = 30;
const DAY_MS = 24 * 60 * 60_000;

/**
 * Asks to give goods of an order back, and keeps them aside on the order, so that no unit comes back twice. What staff ask for, and
 * what is asked for within the policy's days, is approved at once.
 */
export function requestReferenced(
  request: ReferencedRequest,
  order: Order,
  facts: RequestFacts,
): Decision<{ readonly made: Return; readonly order: Order }> {
  const errors: UserErrorValue[] = [];
  const returning = new Map<string, number>();
  const lines: ReturnLine[] = [];
  for (const [index, wanted] of request.lines.entries()) {
    const field = ['input', 'lines', String(index)];
    const found = orderLineOf(order, wanted, field);
    if (!found.ok) {
      errors.push(...found.errors);
      continue;
    }
    const line = found.value;
    const left = refundable(line) - (returning.get(line.id) ?? 0);
    if (wanted.unit !== line.unit) {
      errors.push(unitUnknown(line.sku, line.unit, wanted.unit, [...field, 'quantity', 'unit']));
    } else if (wanted.units > left) {
      errors.push(
        userError(
          'RETURN_QUANTITY_EXCEEDED',
          left > 0
            ? `Only ${left} of ${line.sku} can still be given back.`
            : `No ${line.sku} of this order can be given back.`,
          { field: [...field, 'quantity'] },
        ),
      );
    } else {
      returning.set(line.id, (returning.get(line.id) ?? 0) + wanted.units);
      lines.push(returnLine(order, line, wanted, facts.newId()));
    }
  }
  if (errors.length > 0) return refused(...errors);
  return accepted({
    made: buildReturn(request, order, lines, facts),
    order: keepAside(order, returning, {
      id: facts.newId(),
      type: 'RETURN_REQUESTED',
      occurredAt: facts.now,
      recordedAt: facts.now,
      actor: facts.identity.subject,
      sourceSystem: 'GRAPH',
    }),
  });
}

/** The line that is named, or the only one with the variant. */
function orderLineOf(order: Order, wanted: RequestedReturnLine, field: string[]): Decision<OrderLine> {
  if (wanted.orderLineId === null) {
    const [line, ...others] = order.lines.filter(({ variantId }) => variantId === wanted.variantId);
    if (line !== undefined && others.length === 0) return accepted(line);
    const message =
      line === undefined
        ? `The order has no article ${wanted.variantId}.`
        : 'The order has this article on several lines: name one.';
    return refused(userError('ORDER_LINE_UNKNOWN', message, { field: [...field, 'orderLineId'] }));
  }
  const line = order.lines.find(({ id }) => id === wanted.orderLineId);
  if (line === undefined)
    return refused(
      userError('ORDER_LINE_UNKNOWN', `The order has no line ${wanted.orderLineId}.`, {
        field: [...field, 'orderLineId'],
      }),
    );
  if (line.variantId !== wanted.variantId)
    return refused(
      userError('VARIANT_MISMATCH', `This line of the order is about another article, ${line.sku}.`, {
        field: [...field, 'variantId'],
      }),
    );
  return accepted(line);
}

function returnLine(order: Order, line: OrderLine, wanted: RequestedReturnLine, id: string): ReturnLine {
  return {
    id,
    orderLineId: line.id,
    variantId: line.variantId,
    sku: line.sku,
    unit: line.unit,
    // It has goods to carry exactly when its stock is counted.
    tracked: isCarried(order, line),
    requested: wanted.units,
    received: 0,
    accepted: 0,
    unitPrice: line.unitPrice,
    reasonCode: wanted.reasonCode,
    dispositions: [],
  };
}

function buildReturn(
  request: ReferencedRequest,
  order: Order,
  lines: readonly ReturnLine[],
  facts: RequestFacts,
): Return {
  const { identity, now, newId } = facts;
  const id = newId();
  const inTime = now.getTime() - order.placedAt.getTime() <= RETURN_POLICY_DAYS * DAY_MS;
  return {
    _id: id,
    rmaNumber: rmaNumber(id),
    state: inTime || handlesReturns(identity) ? 'APPROVED' : 'REQUESTED',
    type: 'REFERENCED',
    orderId: order._id,
    orderNumber: order.number,
    channelId: order.channelId,
    channelCode: order.channelCode,
    customerId: order.customerId,
    customerCode: order.customerCode,
    requestedBy: identity.subject,
    currencyCode: order.currencyCode,
    lines,
    work:
      request.locationId === null
        ? null
        : { id: newId(), locationId: request.locationId, state: 'OPEN', createdAt: now },
    erpSync: NOT_REQUIRED,
    occurredAt: now,
    correlationId: facts.correlationId,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}
