import mongoose from 'mongoose';
import { createSandboxErpConnector } from '../../connectors/sandbox/sandbox-erp.ts';
import { systemClock as clock } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { createIntegration } from '../../platform/integration.ts';
import { createDispatcher } from '../../platform/outbox/dispatcher.ts';
import { connectStore } from '../../platform/store/store.ts';
import { silentLogger as logger } from '../../platform/telemetry/logger.ts';
import { cpuMs, entriesOf, ledgerHandler, OWNER } from './ledger.ts';

/** One dispatcher as a process of its own, as a replica of a subgraph would be. Arguments: store, ERP, token. Tells at its end what it asked of the store. */
const [uri = '', erpUrl = '', token = ''] = process.argv.slice(2);
const asked = new Map<string, number>();
mongoose.set('debug', (_collection: string, method: string) => {
  asked.set(method, (asked.get(method) ?? 0) + 1);
});
const connected = await connectStore({ uri, logger });
const store = {
  ...connected,
  transaction: <T>(work: Parameters<typeof connected.transaction<T>>[0]) => {
    asked.set('commit', (asked.get('commit') ?? 0) + 1);
    return connected.transaction(work);
  },
};
const integration = createIntegration({ store, clock, newId, logger });
const erp = createSandboxErpConnector({ url: erpUrl, token });
const dispatcher = createDispatcher({
  owner: OWNER,
  systems: ['erp'],
  handlers: [ledgerHandler({ erp, clock, entries: entriesOf(store.database('bench')) })],
  operations: integration.operations,
  health: integration.health,
  gates: integration.gates,
  store,
  clock,
  logger,
});
await dispatcher.start();
const begun = process.cpuUsage();
console.log('ready at work');
process.once('SIGTERM', () => {
  void dispatcher
    .stop()
    .then(() => erp.close())
    .then(() => connected.close())
    .then(() => {
      console.log(`cpu ${cpuMs(process.cpuUsage(begun))}`);
      console.log(`asked ${JSON.stringify(Object.fromEntries(asked))}`);
      process.exit(0);
    });
});
