import { type ExecutionResult, execute, parse } from 'graphql';
import { type Identity, type Role, SCOPES_BY_ROLE } from '../../platform/identity/identity.ts';
import { newId } from '../../platform/ids.ts';
import { createDispatcher, type DispatcherOptions } from '../../platform/outbox/dispatcher.ts';
import type { SystemRecord } from '../../platform/outbox/system-record.ts';
import type { Running, Subgraph } from '../../platform/subgraph.ts';
import type { TestStore } from '../kit/store.ts';

export const identityOf = (role: Role, subject: string = role): Identity => ({
  subject,
  kind: 'user',
  roles: [role],
  scopes: SCOPES_BY_ROLE[role],
  clientId: 'console',
});
export const operator = identityOf('operator', 'olivia');

export const contextOf = (subgraph: Subgraph, who: Identity = operator) =>
  subgraph.contextFor({ identity: who, correlationId: newId(), deadlineMs: Date.now() + 15_000 });

export async function runOn(
  subgraph: Subgraph,
  document: string,
  variables: Record<string, unknown> = {},
  who: Identity = operator,
): Promise<ExecutionResult> {
  return execute({
    schema: subgraph.schema,
    document: parse(document),
    variableValues: variables,
    contextValue: contextOf(subgraph, who),
  });
}

/** The data of the answer; rejects with the first error. */
export async function askOn<D>(...question: Parameters<typeof runOn>): Promise<D> {
  const { data, errors } = await runOn(...question);
  if (errors !== undefined) throw errors[0];
  // The test knows what it has asked for.
  return data as D;
}

/** What order has the ERP do, by `handlers`; the ERP is known from now on. To be started. */
export async function dispatcherToErp(
  { dependencies }: TestStore,
  handlers: DispatcherOptions['handlers'],
  known: Partial<Pick<SystemRecord, 'owns' | 'conformance'>> = {},
): Promise<Running> {
  const { integration, store, clock, logger } = dependencies;
  const { operations, health, gates } = integration;
  await health.register({ _id: 'erp', connector: 'test', kind: 'ERP', owns: [], conformance: '', ...known });
  return createDispatcher({
    owner: 'order',
    systems: ['erp'],
    handlers,
    operations,
    health,
    gates,
    store,
    clock,
    logger,
  });
}
