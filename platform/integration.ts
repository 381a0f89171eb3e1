import type { Connection } from 'mongoose';
import type { Clock } from './clock.ts';
import { createEvents, type Events } from './events/events.ts';
import { createInbox, type Inbox } from './events/inbox.ts';
import { quarantineModel } from './feed/quarantine.ts';
import type { NewId } from './ids.ts';
import { createWebhookInbox, type WebhookInbox } from './inbox/webhook-inbox.ts';
import { createOperations, type Operations } from './outbox/operations.ts';
import { createRateLimit, type RateLimit } from './outbox/rate-limit.ts';
import { createSystemGates, type SystemGates } from './outbox/system-gates.ts';
import { createSystemHealth, type SystemHealth } from './outbox/system-health.ts';
import type { SystemPolicies } from './outbox/system-policy.ts';
import { findingModel } from './reconciliation/findings.ts';
import { INTEGRATION_DATABASE, prepareModels, type Store } from './store/store.ts';
import type { Logger } from './telemetry/logger.ts';

/** What all subgraphs share towards the outside and each other, kept in the `integration` database. One per process. */
export interface Integration {
  readonly connection: Connection;
  readonly operations: Operations;
  readonly events: Events;
  readonly inbox: Inbox;
  readonly webhooks: WebhookInbox;
  readonly health: SystemHealth;
  readonly gates: SystemGates;
  /** Where what systems say of their own budgets is heeded. */
  readonly rates: Pick<RateLimit, 'heed'>;
  /** Makes collections and indexes; call once before anything uses them. */
  prepare(): Promise<void>;
}

export function createIntegration(options: {
  store: Store;
  clock: Clock;
  newId: NewId;
  logger: Logger;
  /** How systems are called that want other limits than the defaults. */
  policies?: SystemPolicies;
}): Integration {
  const connection = options.store.database(INTEGRATION_DATABASE);
  const operations = createOperations({ connection, clock: options.clock, newId: options.newId });
  const events = createEvents({ connection, clock: options.clock, newId: options.newId });
  const inbox = createInbox({ store: options.store, connection, clock: options.clock });
  const { clock, logger, policies = {} } = options;
  const webhooks = createWebhookInbox({ connection, clock: options.clock });
  const rates = createRateLimit({ connection, clock });
  const health = createSystemHealth({ connection, clock, logger, policies, rates });
  const gates = createSystemGates({ health, rates, clock });
  return {
    connection,
    operations,
    events,
    inbox,
    webhooks,
    health,
    gates,
    rates,
    prepare: () =>
      prepareModels([
        operations.model,
        events.model,
        inbox.model,
        webhooks.model,
        health.model,
        rates.model,
        quarantineModel(connection),
        findingModel(connection),
      ]),
  };
}

/** What every `create<Subgraph>()` is given; a subgraph adds what else it needs. */
export interface SubgraphDependencies {
  readonly store: Store;
  readonly integration: Integration;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
}
