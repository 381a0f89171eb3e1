import type { Return, ReturnState } from './return.ts';

/** Goods that were announced are expected within a month; then somebody asks the customer, or closes the return. */
export const GOODS_EXPECTED_WITHIN_MS = 30 * 24 * 3_600_000;

/** Approved, and not all of it has come: somebody waits for goods. */
export const AWAITED: readonly ReturnState[] = ['APPROVED', 'PARTIALLY_RECEIVED'];

/** What somebody who is called reads. */
export function inWords(goods: Pick<Return, 'rmaNumber' | 'orderNumber' | 'createdAt' | 'lines'>): string {
  const missing = goods.lines.reduce((sum, line) => sum + Math.max(0, line.requested - line.received), 0);
  const of = goods.orderNumber === null ? '' : ` of order ${goods.orderNumber}`;
  return `return ${goods.rmaNumber}${of}: ${missing} units announced on ${goods.createdAt.toISOString()} have not come`;
}
