import { userError } from '../../../platform/errors.ts';
import { reportException } from '../../../platform/events/exceptions.ts';
import type { Caller } from '../../../platform/identity/identity.ts';
import { inSale, type OfflineSaleInput } from '../domain/offline-sale.ts';
import type { Order, SubmittedTicket } from '../domain/order.ts';
import type { OrderUserErrorValue } from '../domain/price-lines.ts';
import { conflictInWords, judgeTicket } from '../domain/till-ticket.ts';
import type { Room } from '../room.ts';

/** What became of one sale of a batch. */
export type Outcome =
  | { readonly kind: 'RECORDED' | 'DUPLICATE' }
  | { readonly kind: 'REFUSED'; readonly errors: readonly OrderUserErrorValue[] };

/** A sale as it was sent, and its place among the others. */
export interface Submitted {
  readonly index: number;
  readonly sale: OfflineSaleInput;
  readonly orderId: string;
  readonly ticket: SubmittedTicket;
}

/**
 * What becomes of a sale under whose number an order stands. Sent again, nothing. Another sale under the same number is refused, and
 * somebody is called: one of the two is not in the books.
 */
export async function judgeSubmitted(
  room: Room,
  { sale, ticket, index, orderId }: Submitted,
  standing: Order,
  caller: Caller,
): Promise<Outcome> {
  const verdict = judgeTicket(standing, sale, ticket.intent);
  if (verdict.kind !== 'CONFLICT') return { kind: verdict.kind };
  const reporter = {
    events: room.integration.events,
    source: '/subgraphs/order',
    correlationId: caller.correlationId,
  };
  await room.store.transaction((session) =>
    reportException(session, reporter, {
      kind: 'DUPLICATE_SUSPECTED',
      subjectId: orderId,
      detail: conflictInWords(standing, sale, verdict.fields),
      ownerTeam: 'stores',
      audience: 'BUSINESS',
      severity: 'MEDIUM',
    }),
  );
  const { transactionId, registerId } = ticket;
  return {
    kind: 'REFUSED',
    errors: verdict.fields.map((name) =>
      inSale(
        userError(
          'TICKET_REUSED',
          `Sale ${transactionId} of register ${registerId} is order ${standing.number}, with other ${name}.`,
          { field: ['input', name] },
        ),
        index,
      ),
    ),
  };
}
