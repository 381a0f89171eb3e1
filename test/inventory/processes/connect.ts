import type { Clock } from '../../../platform/clock.ts';
import { newId } from '../../../platform/ids.ts';
import { createIntegration } from '../../../platform/integration.ts';
import { connectStore } from '../../../platform/store/store.ts';
import { silentLogger } from '../../../platform/telemetry/logger.ts';
import type { Records } from '../erp-records.ts';
import { type InventorySettings, type StartedInventory, startOn } from '../start-inventory.ts';

/** The subgraph in this process, on a store that another process holds. */
export async function startHere(options: {
  uri: string;
  databasePrefix: string;
  clock: Clock;
  records: Partial<Records>;
  settings?: InventorySettings;
}): Promise<StartedInventory> {
  const { uri, databasePrefix, clock } = options;
  const store = await connectStore({ uri, logger: silentLogger, databasePrefix });
  const integration = createIntegration({ store, clock, newId, logger: silentLogger });
  const dependencies = { store, integration, clock, newId, logger: silentLogger };
  return startOn({ uri, dependencies }, () => store.close(), options.records, options.settings);
}
