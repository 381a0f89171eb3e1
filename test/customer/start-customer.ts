import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExecutionResult, execute, parse, subscribe } from 'graphql';
import type { CustomerRecord } from '../../connectors/canonical/customer.ts';
import { createSandboxErpConnector } from '../../connectors/sandbox/sandbox-erp.ts';
import { startSandboxSystems } from '../../connectors/sandbox/system/start-sandbox-systems.ts';
import { quarantineModel } from '../../platform/feed/quarantine.ts';
import {
  type Identity,
  type Role,
  SCOPES_BY_ROLE,
  serviceIdentity,
} from '../../platform/identity/identity.ts';
import { idFromKey, newId } from '../../platform/ids.ts';
import { createCustomer } from '../../subgraphs/customer/index.ts';
import { startTestStore } from '../kit/store.ts';

const TOKEN = 'a-token-for-tests-only';

export const service: Identity = serviceIdentity('test');

export function user(role: Role, more: Partial<Identity> = {}): Identity {
  return {
    subject: `a ${role}`,
    kind: 'user',
    roles: [role],
    scopes: SCOPES_BY_ROLE[role],
    clientId: 'shop',
    ...more,
  };
}

export const customerId = (code: string) => idFromKey('customer', code);

export type StartedCustomer = Awaited<ReturnType<typeof startCustomer>>;

/** Customer as it runs: on a real store, fed over HTTP by a real sandbox ERP. */
export async function startCustomer() {
  const directory = await mkdtemp(join(tmpdir(), 'customer-erp-'));
  const systems = await startSandboxSystems({ directory, host: '127.0.0.1', port: 0, token: TOKEN });
  const erp = createSandboxErpConnector({ url: systems.erpUrl, token: TOKEN });
  const store = await startTestStore();
  const subgraph = createCustomer({ ...store.dependencies, erp });
  await subgraph.start();

  function contextFor(identity: Identity): object {
    return subgraph.contextFor({ identity, correlationId: newId(), deadlineMs: Date.now() + 60_000 });
  }

  async function answer(
    document: string,
    variables: Record<string, unknown> = {},
    identity: Identity = service,
  ): Promise<ExecutionResult> {
    const contextValue = contextFor(identity);
    return execute({
      schema: subgraph.schema,
      document: parse(document),
      variableValues: variables,
      contextValue,
    });
  }

  return {
    answer,
    async ask<D>(document: string, variables?: Record<string, unknown>, identity?: Identity): Promise<D> {
      const { data, errors } = await answer(document, variables, identity);
      if (errors !== undefined) throw errors[0];
      // The test knows what it has asked for.
      return data as D;
    },
    async listen(document: string, variables: Record<string, unknown>, identity: Identity = service) {
      const stream = await subscribe({
        schema: subgraph.schema,
        document: parse(document),
        variableValues: variables,
        contextValue: contextFor(identity),
      });
      if (!(Symbol.asyncIterator in stream)) throw stream.errors?.[0];
      return stream;
    },
    /** Writes accounts into the ERP, from where the feed brings them. */
    async load(...records: CustomerRecord[]): Promise<void> {
      const result = await erp.loadMasterData?.('customers', records, {
        signal: AbortSignal.timeout(10_000),
      });
      if (result === undefined || result.rejected.length > 0) throw new Error(JSON.stringify(result));
    },
    /** What the feed set aside for a person. */
    quarantined: () => quarantineModel(store.dependencies.integration.connection).find().lean(),
    async stop() {
      await subgraph.stop();
      await erp.close();
      await systems.stop();
      await store.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
