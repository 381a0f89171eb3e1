import { systemClock } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { createIntegration } from '../../platform/integration.ts';
import { connectStore } from '../../platform/store/store.ts';
import { silentLogger } from '../../platform/telemetry/logger.ts';
import { pollDrop } from './drop-under-test.ts';

// Reads the stock movements of a folder into a store until it is killed: uri, prefix of the databases, folder and feed as arguments.

const [uri = '', databasePrefix = '', directory = '', name = ''] = process.argv.slice(2);
const store = await connectStore({ uri, logger: silentLogger, databasePrefix });
const integration = createIntegration({ store, clock: systemClock, newId, logger: silentLogger });
await integration.prepare();
const dependencies = { store, integration, clock: systemClock, newId, logger: silentLogger };
await pollDrop(dependencies, 'stockMovements', name, { directory, settleMs: 1 }).start();
