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
}
