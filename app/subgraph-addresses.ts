import { SUBGRAPH_NAMES, type SubgraphName } from '../platform/subgraph.ts';
import type { Settings } from './settings.ts';

export function isSubgraphName(name: string): name is SubgraphName {
  return SUBGRAPH_NAMES.some((known) => known === name);
}

/** Where a subgraph answers: `<NAME>_URL` where it is set, else what the supergraph says. */
export function subgraphUrl(settings: Settings, name: string, routingUrl: string): string {
  if (!isSubgraphName(name)) return routingUrl;
  const configured = {
    product: settings.PRODUCT_URL,
    inventory: settings.INVENTORY_URL,
    order: settings.ORDER_URL,
    customer: settings.CUSTOMER_URL,
    finance: settings.FINANCE_URL,
    operations: settings.OPERATIONS_URL,
  };
  return configured[name] ?? routingUrl;
}
