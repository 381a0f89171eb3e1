import type { Connector } from '../../connectors/port.ts';
import { subgraphSchema } from '../../platform/graphql/subgraph-schema.ts';
import { createTailTopic, type TailTopic } from '../../platform/graphql/tail-topic.ts';
import { createIdempotency } from '../../platform/idempotency/idempotency.ts';
import type { SubgraphDependencies } from '../../platform/integration.ts';
import { createDispatcher } from '../../platform/outbox/dispatcher.ts';
import type { ReconciliationTimes } from '../../platform/reconciliation/reconciliation-times.ts';
import { createChangeTail } from '../../platform/store/change-tail.ts';
import { prepareModels } from '../../platform/store/store.ts';
import { type Running, readinessOf, type Subgraph } from '../../platform/subgraph.ts';
import type { Context } from './context.ts';
import type { PaymentRecord } from './domain/payment-record.ts';
import { createInvoiceFeed } from './feed/invoices.ts';
import { journalOperation } from './feed/journal-operation.ts';
import { createOrderEvents } from './feed/order-events.ts';
import { paymentOperations } from './feed/payment-operations.ts';
import { createReconcilers } from './feed/reconcile.ts';
import { taxOperations } from './feed/tax-operations.ts';
import { createUnansweredSweep } from './feed/unanswered.ts';
import { createLoaders } from './loaders.ts';
import { createResolvers } from './resolvers/resolvers.ts';
import type { Room } from './room.ts';
import { createFinanceStore } from './store/finance-store.ts';

/** The money of the retailer: payments and refunds through the payment provider, invoices and the general ledger of the ERP, tax by the tax system. */
export function createFinance(
  deps: SubgraphDependencies & {
    erp: Connector;
    payments: Connector;
    tax?: Connector;
    reconciliation?: ReconciliationTimes;
  },
): Subgraph {
  const connection = deps.store.database('finance');
  const finance = createFinanceStore(connection);
  const idempotency = createIdempotency({ store: deps.store, connection, clock: deps.clock });
  const { tax = null } = deps;
  const room: Room = { ...deps, tax, finance, idempotency };
  const { integration, clock, logger, store } = deps;
  // The one collection the tail watches holds payments.
  const topic: TailTopic<PaymentRecord> = createTailTopic(
    () => tail,
    ({ document }) => document as PaymentRecord | null,
  );

  const tail = createChangeTail<PaymentRecord>({
    name: 'finance/payments',
    connection,
    collections: [finance.payments.model.collection.collectionName],
    clock,
    logger,
    onChange: topic.take,
    onGap: topic.interrupt,
  });
  const dispatcher = createDispatcher({
    owner: 'finance',
    systems: [deps.payments, deps.erp, ...(tax === null ? [] : [tax])].map(({ system }) => system),
    handlers: [
      ...paymentOperations(room),
      journalOperation(room),
      ...(tax === null ? [] : taxOperations(room, tax)),
    ],
    operations: integration.operations,
    health: integration.health,
    gates: integration.gates,
    store,
    clock,
    logger,
  });
  const running: readonly Running[] = [
    tail,
    dispatcher,
    createOrderEvents(room),
    createInvoiceFeed(room),
    createUnansweredSweep(room),
    ...createReconcilers(room, deps.reconciliation ?? {}),
  ];

  return {
    name: 'finance',
    schema: subgraphSchema(new URL('./schema.graphql', import.meta.url), createResolvers(room, topic)),
    contextFor(caller): Context {
      const newLoaders = () => createLoaders(finance);
      return { caller, loaders: newLoaders(), newLoaders };
    },
    async start() {
      const { payments, accounts, refunds, documents, returns, orderTaxes } = finance;
      await prepareModels([
        payments.model,
        accounts.model,
        refunds.model,
        documents.model,
        returns.model,
        orderTaxes.model,
        ...idempotency.models,
      ]);
      for (const part of running) await part.start();
    },
    readiness: () => readinessOf(running.map((part) => ({ name: part.name, ...part.health() }))),
    async stop() {
      topic.close();
      await Promise.all(running.map((part) => part.stop()));
    },
  };
}
