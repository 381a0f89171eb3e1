import type { Topic } from '../../../platform/graphql/topic.ts';
import type { Return } from '../domain/return.ts';
import type { Resolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { approveReturn } from './approve-return.ts';
import { returnsOfCustomer } from './customer-returns.ts';
import { inspectReturn } from './inspect-return.ts';
import { receiveReturn } from './receive-return.ts';
import { requestReturn } from './request-return.ts';
import {
  returnById,
  returnDispositionResolvers,
  returnLineResolvers,
  returnResolvers,
  reverseWorkResolvers,
  sourceReturn,
} from './return.ts';
import { returnUpdated } from './return-updated.ts';

/** Every door that is about goods coming back, to be merged with those about orders. */
export function createReturnResolvers(room: Room, topic: Topic<Return>) {
  return {
    Query: { return: returnById },
    Mutation: {
      requestReturn: requestReturn(room),
      approveReturn: approveReturn(room),
      receiveReturn: receiveReturn(room),
      inspectReturn: inspectReturn(room),
    },
    Subscription: { returnUpdated: returnUpdated(room, topic) },
    Return: returnResolvers,
    ReturnLine: returnLineResolvers,
    ReturnDisposition: returnDispositionResolvers,
    ReverseFulfillmentOrder: reverseWorkResolvers,
    Customer: { returns: returnsOfCustomer(room) },
    FinancialDocument: { sourceReturn },
  } satisfies Resolvers;
}
