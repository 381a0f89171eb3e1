import { startSandboxSystems } from '../../connectors/sandbox/system/start-sandbox-systems.ts';

/** The sandbox systems as a process of their own, so that a test can kill it: directory and token as arguments. */
const [directory = '', token = ''] = process.argv.slice(2);
const { url, erpUrl } = await startSandboxSystems({ directory, host: '127.0.0.1', port: 0, token });
process.stdout.write(`${JSON.stringify({ url, erpUrl })}\n`);
