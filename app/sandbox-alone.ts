import { join } from 'node:path';
import { createSandboxErpConnector } from '../connectors/sandbox/sandbox-erp.ts';
import { startSandboxSystems } from '../connectors/sandbox/system/start-sandbox-systems.ts';
import { createLogger } from '../platform/telemetry/logger.ts';
import { loadDemoShop } from './demo/load.ts';
import { run } from './run.ts';
import { required, type Settings } from './settings.ts';

/** Where they answer, so that settings that name them stay true after a restart. */
const PORTS = {
  port: 4092,
  erpPort: 4090,
  paymentsPort: 4091,
  wmsPort: 4093,
  carrierPort: 4094,
  taxPort: 4095,
};

/** `npm run sandbox`: the stand-in systems alone, for subgraphs that run apart. Prints the settings they need. */
async function startSandbox(settings: Settings) {
  const token = required('ERP_TOKEN', settings.ERP_TOKEN, 'any-text-of-16-characters-or-more');
  const systems = await startSandboxSystems({
    directory: join(settings.DATA_DIR, 'sandbox'),
    host: '127.0.0.1',
    ...PORTS,
    token,
  });
  if (settings.DEMO === 'on') {
    const erp = createSandboxErpConnector({ url: systems.erpUrl, token });
    await loadDemoShop(erp, createLogger({ level: settings.LOG_LEVEL, name: 'sandbox' }));
    await erp.close();
  }
  return { systems, stop: () => systems.stop() };
}

await run(startSandbox, ({ systems }) => {
  console.log(`ERP_URL=${systems.erpUrl}`);
  console.log(`PAYMENTS_URL=${systems.paymentsUrl}`);
  console.log(`TAX_URL=${systems.taxUrl}`);
  console.log(`WMS_URL=${systems.wmsUrl}`);
  console.log(`CARRIER_URL=${systems.carrierUrl}`);
  console.log(`SANDBOX_URL=${systems.url}`);
});
