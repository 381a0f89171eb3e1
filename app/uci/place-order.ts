import { z } from 'zod';
import { accepted, type Decision } from '../../platform/errors.ts';
import { decimal, zero } from '../../platform/money.ts';
import { type Part, totalOf } from './classify.ts';
import { CURRENCY } from './codes.ts';
import { instantOf, pieces, withVariants } from './part-lines.ts';
import { type Done, type Graph, stepKey } from './step.ts';
import { USER_ERRORS, userErrorSchema } from './submit.ts';

const AUTHORIZE = `mutation ($input: AuthorizePaymentInput!) {
  payload: authorizePayment(input: $input) { payment { id } ${USER_ERRORS} }
}`;
const authorizeSchema = z.object({
  payment: z.object({ id: z.string() }).nullable(),
  userErrors: z.array(userErrorSchema),
});

const PLACE = `mutation ($input: PlaceOrderInput!) {
  payload: placeOrder(input: $input) { order { id number subtotal { amount } } replayed ${USER_ERRORS} }
}`;
const placeSchema = z.object({
  order: z
    .object({ id: z.string(), number: z.string(), subtotal: z.object({ amount: z.string() }) })
    .nullable(),
  replayed: z.boolean(),
  userErrors: z.array(userErrorSchema),
});

/** The test card that is always good. */
const CARD_TOKEN = 'tok_visa';

/** Pays a sale by card and places it as an order at the prices of the file. */
export async function placeOrder(
  part: Extract<Part, { kind: 'order' }>,
  graph: Graph,
): Promise<Decision<Done>> {
  const { invoice, lines } = part;
  const [known, customer] = await Promise.all([
    withVariants(lines, graph.directory),
    graph.directory.customer(part.customer),
  ]);
  if (!known.ok) return known;
  if (!customer.ok) return customer;
  const expectedTotal = { amount: totalOf(lines), currencyCode: CURRENCY };
  const payments = await pay(invoice, expectedTotal, graph);
  if (!payments.ok) return payments;
  const answer = await graph.submit(
    PLACE,
    {
      idempotencyKey: stepKey(invoice, 'order'),
      channelId: graph.directory.channelId,
      ...(customer.value === null ? {} : { customerId: customer.value }),
      lines: known.value.map((one) => ({
        variantId: one.variant.id,
        quantity: pieces(one),
        ...(one.variant.trackInventory ? { locationId: graph.directory.locationId } : {}),
        method: 'SHIP',
        unitPrice: { amount: one.line.unitPrice, currencyCode: CURRENCY },
      })),
      paymentIds: payments.value,
      expectedTotal,
      clientPlacedAt: instantOf(lines),
    },
    placeSchema,
  );
  if (!answer.ok) return answer;
  const { order, replayed } = answer.value;
  if (order === null) throw new Error(`invoice ${invoice}: an order without errors was not placed either`);
  return accepted({ replayed, value: decimal(order.subtotal.amount) });
}

/** The payment that covers the total; none for nothing to pay. */
async function pay(
  invoice: string,
  amount: { amount: string; currencyCode: string },
  graph: Graph,
): Promise<Decision<readonly string[]>> {
  if (decimal(amount.amount).eq(zero)) return accepted([]);
  const answer = await graph.submit(
    AUTHORIZE,
    { idempotencyKey: stepKey(invoice, 'payment'), amount, tenderType: 'CARD', token: CARD_TOKEN },
    authorizeSchema,
  );
  if (!answer.ok) return answer;
  const { payment } = answer.value;
  if (payment === null) throw new Error(`invoice ${invoice}: a payment without errors was not made either`);
  return accepted([payment.id]);
}
