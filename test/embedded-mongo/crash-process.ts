import { startEmbeddedMongo } from '../../embedded-mongo/start.ts';

/** A process that holds a store until it is killed. Prints the store's address when it is ready. */
const [directory = ''] = process.argv.slice(2);
const store = await startEmbeddedMongo({ directory });
process.stdout.write(`${store.uri}\n`);
// The store's thread does not keep the process alive; this does.
process.stdin.resume();
