import { join } from 'node:path';
import { startServer } from '../../../embedded-mongo/server/server.ts';
import { withFailPoints } from './fail-points.ts';

/** A store over TCP for suites of others, with their fail points. Prints its address when it is ready. */
const [directory = '', port = '0'] = process.argv.slice(2);
const fault = (error: unknown): void => console.error('fault inside the store:', error);
const server = await startServer({
  directory: join(directory, 'data'),
  listen: { host: '127.0.0.1', port: Number(port) },
  oplogMaxBytes: 2 ** 30,
  report: fault,
  onFailure(error) {
    fault(error);
    process.exit(1);
  },
  around: withFailPoints,
});
process.stdout.write(`${server.address}\n`);
process.stdin.on('end', () => void server.stop().then(() => process.exit(0)));
process.stdin.resume();
