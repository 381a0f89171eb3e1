import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One run of mocha over a part of somebody else's test suite. */
export type Part = { name: string; arguments: string[]; environment: Record<string, string> };
export type Suite = { name: string; variable: string; parts: (address: string) => Part[] };

/** A test as mocha's JSON reporter names it. */
type Title = { fullTitle: string };
export type Outcome = { passes: Title[]; failures: Title[]; pending: Title[]; stats: { tests: number } };

const mongoose: Suite = {
  name: 'mongoose',
  variable: 'MONGOOSE_SOURCE',
  parts(address) {
    const uri = `mongodb://${address}/?replicaSet=rs0`;
    return [
      {
        name: 'all',
        arguments: ['--timeout', '10000', '--ignore', 'test/encryption/**/*.test.js', './test/**/*.test.js'],
        environment: { START_REPLICA_SET: '1', MONGOOSE_TEST_URI: uri, MONGOOSE_REPLSET_URI: uri },
      },
    ];
  },
};

/** The one that takes longest comes last. */
const folders = [
  'crud',
  'transactions',
  'sessions',
  'retryable-writes',
  'causal-consistency',
  'collation',
  'collection-management',
  'command-logging-and-monitoring',
  'gridfs',
  'index-management',
  'read-write-concern',
  'retryable-reads',
  'run-command',
  'transactions-convenient-api',
  'unified-test-format',
  'versioned-api',
  'change-streams',
];
const preloaded = [
  'ts-node/register',
  'test/tools/runner/throw_rejections.cjs',
  'test/tools/runner/chai_addons.ts',
  'test/tools/runner/ee_checker.ts',
  'test/tools/runner/hooks/configuration.ts',
  'test/tools/runner/hooks/leak_checker.ts',
];

const driver: Suite = {
  name: 'driver',
  variable: 'DRIVER_SOURCE',
  parts: (address) =>
    folders.map((folder) => ({
      name: folder,
      arguments: [
        '--no-config',
        ...preloaded.flatMap((file) => ['--require', file]),
        ...['--extension', 'js', '--extension', 'ts', '--ui', 'test/tools/runner/metadata_ui.js'],
        ...['--recursive', '--sort', '--timeout', '20000', `test/integration/${folder}`],
      ],
      environment: {
        TS_NODE_TRANSPILE_ONLY: '1',
        AUTH: 'noauth',
        MONGODB_URI: `mongodb://${address}/integration_tests?replicaSet=rs0`,
      },
    })),
};

export const suites: readonly Suite[] = [mongoose, driver];

/** A test that is expected to fail, or one whose result depends on the moment, and the kind of reason. */
export type Expected = { test: string; reason: string; unstable?: boolean };
export type Expectations = { reasons: Record<string, string>; suites: Record<string, Expected[]> };

export const readExpectations = (): Expectations =>
  // Checked in beside this file, so the shape is known.
  JSON.parse(readFileSync(new URL('./expected-failures.json', import.meta.url), 'utf8')) as Expectations;

/** Reads a report. The suites print lines of their own before it when it goes to the same place. */
export const readOutcome = (directory: string, part: string): Outcome =>
  JSON.parse(readFileSync(join(directory, `${part}.json`), 'utf8')) as Outcome;
