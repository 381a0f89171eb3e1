import { z } from 'zod';
import { accepted, type Decision } from '../../platform/errors.ts';
import { decimal, zero } from '../../platform/money.ts';
import type { Part } from './classify.ts';
import { CURRENCY } from './codes.ts';
import { instantOf, pieces, withVariants } from './part-lines.ts';
import { type Done, type Graph, stepKey } from './step.ts';
import { USER_ERRORS, userErrorSchema } from './submit.ts';

const RETURN = `return { id rmaNumber refundableTotal { amount } lines { id variant { id } } }`;
const REQUEST = `mutation ($input: RequestReturnInput!) {
  payload: requestReturn(input: $input) { ${RETURN} replayed ${USER_ERRORS} }
}`;
const INSPECT = `mutation ($input: InspectReturnInput!) {
  payload: inspectReturn(input: $input) { ${RETURN} replayed ${USER_ERRORS} }
}`;
const returnSchema = z.object({
  return: z
    .object({
      id: z.string(),
      rmaNumber: z.string(),
      refundableTotal: z.object({ amount: z.string() }),
      lines: z.array(z.object({ id: z.string(), variant: z.object({ id: z.string() }) })),
    })
    .nullable(),
  replayed: z.boolean(),
  userErrors: z.array(userErrorSchema),
});

/** The file does not say why anything came back. */
const REASON = 'NOT_STATED';

/** Takes goods back without naming their sale, puts them on the shelf again and credits them; services are credited only. */
export async function returnGoods(
  part: Extract<Part, { kind: 'return' }>,
  graph: Graph,
): Promise<Decision<Done>> {
  const { invoice, lines } = part;
  const { channelId, locationId } = graph.directory;
  const [known, customer] = await Promise.all([
    withVariants(lines, graph.directory),
    graph.directory.customer(part.customer),
  ]);
  if (!known.ok) return known;
  if (!customer.ok) return customer;
  const requested = await graph.submit(
    REQUEST,
    {
      idempotencyKey: stepKey(invoice, 'return'),
      type: 'UNREFERENCED',
      channelId,
      locationId,
      ...(customer.value === null ? {} : { customerId: customer.value }),
      occurredAt: instantOf(lines),
      lines: known.value.map((one) => ({
        variantId: one.variant.id,
        quantity: pieces(one),
        reasonCode: REASON,
        unitPrice: { amount: one.line.unitPrice, currencyCode: CURRENCY },
      })),
    },
    returnSchema,
  );
  if (!requested.ok) return requested;
  const made = requested.value.return;
  if (made === null) throw new Error(`invoice ${invoice}: a return without errors was not made either`);
  const decisions = known.value.map((one, index) => {
    const line = made.lines[index];
    // The graph keeps the order of the lines; a decision on the wrong one would move the wrong stock.
    if (line === undefined || line.variant.id !== one.variant.id)
      throw new Error(`invoice ${invoice}: return ${made.rmaNumber} has other lines than were asked for`);
    const code = one.variant.trackInventory ? 'RESTOCK' : 'KEEP_BY_CUSTOMER';
    return { returnLineId: line.id, code, quantity: pieces(one), locationId };
  });
  const inspected = await graph.submit(
    INSPECT,
    { idempotencyKey: stepKey(invoice, 'inspect'), id: made.id, decisions },
    returnSchema,
  );
  if (!inspected.ok) return inspected;
  const { return: credited, replayed } = inspected.value;
  if (credited === null) throw new Error(`invoice ${invoice}: an inspection without errors was not made`);
  return accepted({ replayed, value: zero.minus(decimal(credited.refundableTotal.amount)) });
}
