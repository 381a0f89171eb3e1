import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

/** Whole data sets, killed processes, rushes and retries counted: longer than `npm test` may take, with a command of their own (`npm run test:long`). */
const LONG = [
  'test/uci/online-retail.test.ts',
  'test/uci/killed-server.test.ts',
  'test/uci/import-and-replay.test.ts',
  'test/journeys/subscription-gap.test.ts',
  'test/inventory/rush.test.ts',
  'test/faults/deliveries.test.ts',
  'test/faults/equal-requests.test.ts',
  'test/connectors/csv-folder-drop-crash.test.ts',
  'test/faults/amplification.test.ts',
  'test/order/pickup-killed.test.ts',
  'test/order/offline-sales.test.ts',
  'test/journeys/crash.test.ts',
  'test/faults/budget.test.ts',
  'test/inventory/reservation-expiring.test.ts',
  'test/inventory/drift.test.ts',
  'test/inventory/freshness.test.ts',
  'test/platform/store-cut.test.ts',
  'test/order/warehouse.test.ts',
  'test/embedded-mongo/crash.test.ts',
  'test/embedded-mongo/lifecycle.test.ts',
  'test/embedded-mongo/on-disk.test.ts',
];
/** Files of which `npm test` runs a part and the long run everything. */
const PARTLY_LONG = ['test/order/pickup-race.test.ts'];
const long = process.env['LONG_TESTS'] === '1';

export default defineConfig({
  resolve: {
    // Apollo's CommonJS packages and our own imports must meet in one copy of graphql, or instanceof checks fail.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }],
  },
  test: {
    include: long ? [...LONG, ...PARTLY_LONG] : ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '.data/**', ...(long ? [] : LONG)],
    pool: 'forks',
    // Loading mongoose and Apollo for each file anew took a third of all the time; every test stops what it starts.
    isolate: false,
    // Many tests wait for other processes: two of four are at work on two cores.
    maxWorkers: 4,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
