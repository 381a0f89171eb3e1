import { startSandboxSystems } from '../../connectors/sandbox/system/start-sandbox-systems.ts';
import { cpuMs } from './ledger.ts';

/**
 * The stand-in ERP as a process of its own, so that its work is not in the dispatchers' figures. Arguments: directory, token. Tells what
 * processor time it has used at SIGUSR2.
 */
const [directory = '', token = ''] = process.argv.slice(2);
const systems = await startSandboxSystems({ directory, host: '127.0.0.1', port: 0, token });
console.log(`ready at ${JSON.stringify({ control: systems.url, erp: systems.erpUrl })}`);
process.on('SIGUSR2', () => console.log(`cpu ${cpuMs(process.cpuUsage())}`));
process.once('SIGTERM', () => void systems.stop().then(() => process.exit(0)));
