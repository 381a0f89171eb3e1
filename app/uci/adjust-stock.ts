import { z } from 'zod';
import { accepted, type Decision } from '../../platform/errors.ts';
import { zero } from '../../platform/money.ts';
import type { Part } from './classify.ts';
import { instantOf, withVariants } from './part-lines.ts';
import { type Done, type Graph, stepKey } from './step.ts';
import { USER_ERRORS, userErrorSchema } from './submit.ts';

const ADJUST = `mutation ($input: AdjustInventoryInput!) {
  payload: adjustInventory(input: $input) { replayed transactions { id } ${USER_ERRORS} }
}`;
const adjustSchema = z.object({
  replayed: z.boolean(),
  transactions: z.array(z.object({ id: z.string() })),
  userErrors: z.array(userErrorSchema),
});

/** Writes stock up or down as of the time the file says. */
export async function adjustStock(
  part: Extract<Part, { kind: 'adjustment' }>,
  graph: Graph,
): Promise<Decision<Done>> {
  const known = await withVariants(part.lines, graph.directory);
  if (!known.ok) return known;
  const answer = await graph.submit(
    ADJUST,
    {
      idempotencyKey: stepKey(part.invoice, `adjust-${part.reasonCode}`),
      locationId: graph.directory.locationId,
      reasonCode: part.reasonCode,
      occurredAt: instantOf(part.lines),
      changes: known.value.map(({ line, variant }) => ({
        variantId: variant.id,
        delta: { value: String(line.quantity), unit: variant.baseUnit },
      })),
    },
    adjustSchema,
  );
  if (!answer.ok) return answer;
  const { transactions, replayed } = answer.value;
  if (transactions.length === 0)
    throw new Error(`invoice ${part.invoice}: an adjustment without errors was not booked either`);
  return accepted({ replayed, value: zero });
}
