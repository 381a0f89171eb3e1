import type { FulfillmentOrder, FulfillmentOrderState } from './order.ts';

/** Where a request stands in a warehouse system, in the words of its books. */
export type WarehouseState = 'OPEN' | 'SHIPPED' | 'CANCELED';

/** What the warehouse should say of work in each state of ours; of work in any other it has not been told, or people do it after all. */
export const WAREHOUSE_STATES: Readonly<Partial<Record<FulfillmentOrderState, WarehouseState>>> = {
  ACCEPTED: 'OPEN',
  IN_PROGRESS: 'OPEN',
  SHIPPED: 'SHIPPED',
  CANCELED: 'CANCELED',
};

/** Null: there is nothing to compare. */
export function warehouseStateOf({ state }: Pick<FulfillmentOrder, 'state'>): WarehouseState | null {
  return WAREHOUSE_STATES[state] ?? null;
}
