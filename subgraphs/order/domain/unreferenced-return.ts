import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';
import { NOT_REQUIRED } from './erp-sync.ts';
import type { SalableVariant, SellingChannel } from './price-lines.ts';
import type { RequestFacts } from './referenced-return.ts';
import { type RequestedReturnLine, type UnreferencedRequest, unitUnknown } from './request-return.ts';
import type { Return, ReturnLine } from './return.ts';
import { rmaNumber } from './rma-number.ts';

/** What the siblings know about what is named. */
export interface UnreferencedFacts extends RequestFacts {
  readonly channel: SellingChannel;
  readonly customerCode: string | null;
  /** By id; unknown ones are missing. */
  readonly variants: ReadonlyMap<string, SalableVariant>;
}

/**
 * Goods without a receipt, already in hand: received as asked, credited with the price that was named or else with the channel's price of
 * today. Articles that are sold no more can come back all the same.
 */
export function requestUnreferenced(
  request: UnreferencedRequest,
  facts: UnreferencedFacts,
): Decision<Return> {
  const { channel, identity, now, newId } = facts;
  const read = request.lines.map((line, index) => readLine(line, ['input', 'lines', String(index)], facts));
  const errors = read.flatMap((line) => (line.ok ? [] : line.errors));
  if (errors.length > 0) return refused(...errors);
  const id = newId();
  return accepted({
    _id: id,
    rmaNumber: rmaNumber(id),
    state: 'RECEIVED',
    type: 'UNREFERENCED',
    orderId: null,
    orderNumber: null,
    channelId: channel.id,
    channelCode: channel.code,
    customerId: request.customerId,
    customerCode: facts.customerCode,
    requestedBy: identity.subject,
    currencyCode: channel.defaultCurrency,
    lines: read.flatMap((line) => (line.ok ? [line.value] : [])),
    work: { id: newId(), locationId: request.locationId, state: 'RECEIVING', createdAt: now },
    erpSync: NOT_REQUIRED,
    occurredAt: request.occurredAt,
    correlationId: facts.correlationId,
    createdAt: now,
    updatedAt: now,
    version: 1,
  });
}

function readLine(
  wanted: RequestedReturnLine,
  field: string[],
  { channel, variants, newId }: UnreferencedFacts,
): Decision<ReturnLine> {
  const no = (error: UserErrorValue) => refused(error);
  const variant = variants.get(wanted.variantId);
  if (variant === undefined)
    return no(
      userError('VARIANT_UNKNOWN', `There is no article ${wanted.variantId}.`, {
        field: [...field, 'variantId'],
      }),
    );
  if (wanted.unit !== variant.baseUnit)
    return no(unitUnknown(variant.sku, variant.baseUnit, wanted.unit, [...field, 'quantity', 'unit']));
  const unitPrice = wanted.unitPrice ?? variant.price?.sale ?? variant.price?.list;
  if (unitPrice === undefined)
    return no(
      userError('PRICE_MISSING', `${variant.sku} has no price in channel ${channel.code}: name one.`, {
        field: [...field, 'unitPrice'],
      }),
    );
  if (unitPrice.currencyCode !== channel.defaultCurrency)
    return no(
      userError(
        'CURRENCY_MISMATCH',
        `This channel credits in ${channel.defaultCurrency}, not ${unitPrice.currencyCode}.`,
        { field: [...field, 'unitPrice'] },
      ),
    );
  return accepted({
    id: newId(),
    orderLineId: null,
    variantId: variant.id,
    sku: variant.sku,
    unit: variant.baseUnit,
    tracked: variant.trackInventory,
    requested: wanted.units,
    received: wanted.units,
    accepted: 0,
    unitPrice: unitPrice.amount,
    reasonCode: wanted.reasonCode,
    dispositions: [],
  });
}
