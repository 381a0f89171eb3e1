import { quantity } from '../../../platform/quantity.ts';
import type { Context } from '../context.ts';
import type { Return } from '../domain/return.ts';
import { maySeeReturn } from '../domain/return-access.ts';
import { refundableAmount, refundableTotal } from '../domain/return-amount.ts';
import type {
  FinancialDocumentResolvers,
  QueryResolvers,
  ReturnDispositionResolvers,
  ReturnLineResolvers,
  ReturnResolvers,
  ReverseFulfillmentOrderResolvers,
} from '../generated.ts';

/** The return, if the caller may see it; otherwise as if there were none. A copy: the federation library writes on what it is given. */
export function visibleReturn(goods: Return | null, { caller }: Context): Return | null {
  return goods !== null && maySeeReturn(caller.identity, goods) ? { ...goods } : null;
}

export const returnById: NonNullable<QueryResolvers['return']> = async (_parent, { id }, context) =>
  visibleReturn(await context.loaders.returnById.load(id), context);

export const sourceReturn: NonNullable<FinancialDocumentResolvers['sourceReturn']> = async (
  { rmaNumber },
  _args,
  context,
) =>
  rmaNumber == null ? null : visibleReturn(await context.loaders.returnByRmaNumber.load(rmaNumber), context);

export const returnResolvers: ReturnResolvers = {
  async __resolveReference(reference, context) {
    const { loaders } = context;
    const found =
      'id' in reference
        ? loaders.returnById.load(reference.id)
        : loaders.returnByRmaNumber.load(reference.rmaNumber);
    return visibleReturn(await found, context);
  },
  id: (goods) => goods._id,
  // Whoever sees a return may see what it is of: it tells its lines and prices already.
  order: (goods, _args, context) => orderOf(goods, context),
  lines: (goods) => goods.lines.map((line) => ({ return: goods, line })),
  reverseFulfillmentOrders: (goods) => (goods.work === null ? [] : [{ return: goods, work: goods.work }]),
  refundableTotal,
};

export const returnLineResolvers: ReturnLineResolvers = {
  id: ({ line }) => line.id,
  async orderLine({ return: goods, line }, _args, context) {
    const order = await orderOf(goods, context);
    const bought = order?.lines.find(({ id }) => id === line.orderLineId);
    return order === null || bought === undefined ? null : { order, line: bought };
  },
  variant: ({ line }) => ({ __typename: 'ProductVariant' as const, id: line.variantId, sku: line.sku }),
  requestedQuantity: ({ line }) => quantity(line.requested, line.unit),
  receivedQuantity: ({ line }) => quantity(line.received, line.unit),
  acceptedQuantity: ({ line }) => quantity(line.accepted, line.unit),
  reasonCode: ({ line }) => line.reasonCode,
  dispositions: ({ return: goods, line }) =>
    line.dispositions.map((disposition) => ({ return: goods, line, disposition })),
  refundableAmount: ({ return: goods, line }) => refundableAmount(line, goods),
};

export const returnDispositionResolvers: ReturnDispositionResolvers = {
  code: ({ disposition }) => disposition.code,
  quantity: ({ disposition, line }) => quantity(disposition.quantity, line.unit),
  location: ({ disposition }) => ({ __typename: 'Location' as const, id: disposition.locationId }),
  toState: ({ disposition }) => disposition.toState,
  decidedAt: ({ disposition }) => disposition.decidedAt,
};

export const reverseWorkResolvers: ReverseFulfillmentOrderResolvers = {
  async __resolveReference({ id }, context) {
    const goods = visibleReturn(await context.loaders.returnByWorkId.load(id), context);
    return goods === null || goods.work === null ? null : { return: goods, work: goods.work };
  },
  id: ({ work }) => work.id,
  location: ({ work }) => ({ __typename: 'Location' as const, id: work.locationId }),
  order: ({ return: goods }, _args, context) => orderOf(goods, context),
  createdAt: ({ work }) => work.createdAt,
  return: ({ return: goods }) => goods,
  state: ({ work }) => work.state,
};

async function orderOf({ orderId }: Return, { loaders }: Context) {
  return orderId === null ? null : loaders.orderById.load(orderId);
}
