import { readFileSync } from 'node:fs';
import { POLICIES } from '../../app/policies.ts';
import { createSnapshotFiles } from '../../connectors/csv/snapshot-files.ts';
import { createApolloRunner } from '../../gateway/apollo-engine.ts';
import { createGateway } from '../../gateway/index.ts';
import { createInProcessTransport } from '../../gateway/transports/in-process.ts';
import type { SubgraphTransport } from '../../gateway/transports/transport.ts';
import { type Clock, systemClock } from '../../platform/clock.ts';
import { GraphError } from '../../platform/errors.ts';
import { serviceIdentity } from '../../platform/identity/identity.ts';
import { newId } from '../../platform/ids.ts';
import { createIntegration } from '../../platform/integration.ts';
import { connectStore } from '../../platform/store/store.ts';
import { SUBGRAPH_NAMES } from '../../platform/subgraph.ts';
import { silentLogger } from '../../platform/telemetry/logger.ts';
import { createInventory } from '../../subgraphs/inventory/index.ts';
import { counted, onStockCommand } from './counted.ts';
import { erpOf } from './erp-records.ts';
import type { InventoryProcessSettings } from './start-inventory-process.ts';

// One inventory behind a gateway, in a process of its own, on a store that others use as well. Its settings come as JSON.

const settings: InventoryProcessSettings = JSON.parse(process.argv[2] ?? '{}');
const REQUEST_TIMEOUT_MS = 300_000;

// As when somebody corrects the time of a machine: from the signal on it is an hour earlier.
let aheadMs = 0;
process.on('SIGUSR2', () => {
  aheadMs = -3_600_000;
});
const clock: Clock = { ...systemClock, now: () => new Date(Date.now() + aheadMs) };

const monitored = settings.uri.includes('?') ? '&monitorCommands=true' : '/?monitorCommands=true';
const store = await connectStore({
  uri: settings.tellsCosts === true ? `${settings.uri}${monitored}` : settings.uri,
  logger: silentLogger,
  databasePrefix: settings.databasePrefix,
});
const integration = createIntegration({ store, clock, newId, logger: silentLogger });
await integration.prepare();
const costs = { storeReads: 0, erpCalls: {} as Record<string, number> };
if (settings.tellsCosts === true)
  onStockCommand(store.database('inventory').getClient(), () => {
    costs.storeReads += 1;
  });
const erp = counted(erpOf({ locations: [], items: [], stockMovements: [] }), (name) => {
  costs.erpCalls[name] = (costs.erpCalls[name] ?? 0) + 1;
});
const inventory = createInventory({
  store,
  integration,
  clock,
  newId,
  logger: silentLogger,
  erp,
  snapshotFiles: createSnapshotFiles({ allowed: settings.snapshotsFrom ?? [] }),
  ...(settings.channelPolicies === undefined ? {} : { channelPolicies: settings.channelPolicies }),
  ...(settings.maxStalenessMs === undefined ? {} : { maxStalenessMs: settings.maxStalenessMs }),
});
await inventory.start();

const identity = serviceIdentity('test');
const transports = SUBGRAPH_NAMES.map((name) => {
  if (name !== 'inventory') return absent(name);
  return createInProcessTransport({
    name,
    schema: inventory.schema,
    contextFor: async (_, subscription) =>
      inventory.contextFor({
        identity,
        correlationId: newId(),
        deadlineMs: Date.now() + REQUEST_TIMEOUT_MS,
        ...subscription,
      }),
  });
});
const gateway = await createGateway({
  supergraphSdl: readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8'),
  transports,
  authenticate: async () => identity,
  identityToken: async () => 'trusted',
  policies: POLICIES,
  logger: silentLogger,
  port: 0,
  requestTimeoutMs: REQUEST_TIMEOUT_MS,
  ...(settings.tellsCosts === true
    ? { routes: [{ prefix: '/costs', handle: (_, response) => void response.end(JSON.stringify(costs)) }] }
    : {}),
  ...(settings.engine === 'apollo' ? { createRunner: createApolloRunner } : {}),
});
const { url } = await gateway.start();
console.log(`inventory is ready at ${url}`);

process.once('SIGTERM', async () => {
  await gateway.stop();
  await inventory.stop();
  await store.close();
  process.exit(0);
});

function absent(name: string): SubgraphTransport {
  const gone = () => new GraphError('SUBGRAPH_UNAVAILABLE', `${name} does not run here`);
  return {
    name,
    fetch: () => Promise.reject(gone()),
    subscribe() {
      throw gone();
    },
    check: () => Promise.reject(gone()),
    stop: () => Promise.resolve(),
  };
}
