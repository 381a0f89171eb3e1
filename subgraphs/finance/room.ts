import type { Connector } from '../../connectors/port.ts';
import type { Idempotency } from '../../platform/idempotency/idempotency.ts';
import type { SubgraphDependencies } from '../../platform/integration.ts';
import type { FinanceStore } from './store/finance-store.ts';

/** What the doors and feeds of finance work with. */
export interface Room extends SubgraphDependencies {
  readonly finance: FinanceStore;
  readonly idempotency: Idempotency;
  /** Makes invoices and credit memos and keeps the general ledger. */
  readonly erp: Connector;
  /** Holds, takes and gives back money of cards and the like. */
  readonly payments: Connector;
  /** Says what tax is owed for an order; null: nobody does, and orders have none to show. */
  readonly tax: Connector | null;
}
