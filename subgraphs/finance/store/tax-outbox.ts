import type { ClientSession } from 'mongoose';
import { type OrderTax, quoteIdOf } from '../domain/order-tax.ts';
import type { Room } from '../room.ts';

export const TAX_KINDS = { commit: 'tax.commit', takeBack: 'tax.void' } as const;

export interface TaxPayload {
  readonly orderId: string;
}

/** The order stands: its tax is to be owed. What was not quoted yet is quoted first. */
export async function enqueueTaxCommit(
  session: ClientSession,
  room: Room,
  tax: OrderTax,
  correlationId: string,
): Promise<void> {
  const steps = quoteIdOf(tax) === null ? ['quote', 'commit'] : ['commit'];
  await enqueue(session, room, tax, { kind: TAX_KINDS.commit, steps, correlationId });
}

/** Nothing of the order is sold: its tax is not owed any more. It waits for the tax to be owed first. */
export async function enqueueTaxVoid(
  session: ClientSession,
  room: Room,
  tax: OrderTax,
  correlationId: string,
): Promise<void> {
  await enqueue(session, room, tax, { kind: TAX_KINDS.takeBack, steps: ['void'], correlationId });
}

async function enqueue(
  session: ClientSession,
  room: Room,
  tax: OrderTax,
  wanted: { kind: string; steps: readonly string[]; correlationId: string },
): Promise<void> {
  const { kind, correlationId } = wanted;
  const payload: TaxPayload = { orderId: tax._id };
  await room.integration.operations.enqueue(session, {
    owner: 'finance',
    kind,
    subjectId: tax._id,
    aggregate: `tax:${tax._id}`,
    correlationId,
    idempotencyKey: tax._id,
    lane: 'order',
    steps: wanted.steps.map((name) => ({ name, system: tax.provider })),
    payload,
  });
}
