import type { WriteGuard } from '../connectors/ownership.ts';
import type { Connector } from '../connectors/port.ts';
import type { SubgraphDependencies } from '../platform/integration.ts';
import type { ReconciliationTimes } from '../platform/reconciliation/reconciliation-times.ts';
import type { Sibling } from '../platform/sibling/sibling.ts';
import type { Subgraph, SubgraphName } from '../platform/subgraph.ts';
import { createCustomer } from '../subgraphs/customer/index.ts';
import { createFinance } from '../subgraphs/finance/index.ts';
import { createInventory } from '../subgraphs/inventory/index.ts';
import type { Receivers } from '../subgraphs/operations/feed/tell.ts';
import { createOperationsSubgraph } from '../subgraphs/operations/index.ts';
import type { PickupTimes } from '../subgraphs/order/domain/pickup-times.ts';
import { createOrder } from '../subgraphs/order/index.ts';
import { createProduct } from '../subgraphs/product/index.ts';
import type { StockSettings } from './stock-settings.ts';

/** The systems of record this process is connected to. */
export interface Systems {
  readonly erp: Connector;
  readonly payments: Connector;
  /** Says what tax is owed. Missing: orders show none. */
  readonly tax?: Connector;
  /** The system of a warehouse and the places whose work it does. Missing: people do all of it. */
  readonly warehouse?: { readonly connector: Connector; readonly locationCodes: readonly string[] };
  /** Tells where the parcels of the carrier of this name are. Missing: a shipment stays IN_TRANSIT. */
  readonly carrier?: { readonly connector: Connector; readonly name: string };
  /** More systems that own facts, files for example. Default: none. */
  readonly otherSystems?: readonly Connector[];
  /** Who may change what. Default: whoever may call the mutation. */
  readonly writes?: WriteGuard;
  /** What the shop has set of its stock, for inventory. */
  readonly stock?: StockSettings;
  /** How long collected goods are kept, for order. Default: what order says. */
  readonly pickupTimes?: PickupTimes;
}

/** Makes one subgraph, whatever it needs beside its dependencies included. */
export function createSubgraph(
  name: SubgraphName,
  dependencies: SubgraphDependencies,
  systems: Systems,
  sibling: (name: SubgraphName) => Sibling,
  receivers: Receivers = {},
  reconciliation: ReconciliationTimes = {},
): Subgraph {
  const { erp, payments, tax, warehouse, carrier, pickupTimes, writes, otherSystems = [] } = systems;
  const owned = { otherSystems, ...(writes === undefined ? {} : { writes }) };
  switch (name) {
    case 'product':
      return createProduct({ ...dependencies, ...owned, erp });
    case 'inventory':
      return createInventory({ ...dependencies, ...owned, ...systems.stock, erp });
    case 'customer':
      return createCustomer({ ...dependencies, ...owned, erp });
    case 'finance':
      return createFinance({
        ...dependencies,
        reconciliation,
        erp,
        payments,
        ...(tax === undefined ? {} : { tax }),
      });
    case 'operations':
      return createOperationsSubgraph({ ...dependencies, receivers });
    case 'order':
      return createOrder({
        ...dependencies,
        reconciliation,
        ...(warehouse === undefined ? {} : { warehouse }),
        ...(carrier === undefined ? {} : { carrier }),
        ...(pickupTimes === undefined ? {} : { pickupTimes }),
        erp,
        siblings: {
          product: sibling('product'),
          inventory: sibling('inventory'),
          customer: sibling('customer'),
          finance: sibling('finance'),
        },
      });
  }
}
