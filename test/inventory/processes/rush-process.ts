import { once } from 'node:events';
import { systemClock } from '../../../platform/clock.ts';
import { reserve } from '../reserve.ts';
import { startHere } from './connect.ts';

// A crowd of buyers in one process, let loose all at once: each wants one unit of the same article and tells what it got.
const [uri = '', databasePrefix = '', sku = '', buyers = ''] = process.argv.slice(2);
const inventory = await startHere({ uri, databasePrefix, clock: systemClock, records: {} });
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const answers = await Promise.all(
  Array.from({ length: Number(buyers) }, () => reserve(inventory, [[sku, 1]])),
);
process.stdout.write(
  `${JSON.stringify(answers.map(({ reservations, userErrors }) => ({ ids: reservations.map(({ id }) => id), codes: userErrors.map(({ code }) => code) })))}\n`,
);
await inventory.stop();
process.stdin.destroy();
