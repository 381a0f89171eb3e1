import { type Decision, refused } from '../../platform/errors.ts';
import { adjustStock } from './adjust-stock.ts';
import type { Part } from './classify.ts';
import { placeOrder } from './place-order.ts';
import { postFees } from './post-fees.ts';
import { returnGoods } from './return-goods.ts';
import type { Done, Graph } from './step.ts';

/** Has the graph do what a part asks for. What was refused has no effect on stock, orders or books. */
export async function carryOut(part: Part, graph: Graph): Promise<Decision<Done>> {
  switch (part.kind) {
    case 'order':
      return placeOrder(part, graph);
    case 'return':
      return returnGoods(part, graph);
    case 'adjustment':
      return adjustStock(part, graph);
    case 'fees':
      return postFees(part, graph);
    case 'refused':
      return refused(part.refusal);
  }
}
