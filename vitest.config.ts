import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

/** Tests of whole data sets: minutes each, with commands of their own (`npm run test:data`). */
const LONG = ['test/uci/online-retail.test.ts'];
const long = process.env['LONG_TESTS'] === '1';

export default defineConfig({
  resolve: {
    // Apollo's CommonJS packages and our own imports must meet in one copy of graphql, or instanceof checks fail.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }],
  },
  test: {
    include: long ? LONG : ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '.data/**', ...(long ? [] : LONG)],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
