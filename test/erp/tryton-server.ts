import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../kit/until.ts';
import { COMPANY_LOGIN, setUpCompany } from './company.ts';
import { createErpClient, type ErpClient } from './erp-client.ts';
import { ADMIN, MODULES, SERVER } from './tryton-packages.ts';

const DATABASE = 'erp';
const ADMIN_PASSWORD = 'admin-for-tests-only';
const PREPARED = 'prepared.sqlite';
const READY_WITHIN_MS = 60_000;

/** The environment variable that says where `prepareTryton` left its database. */
export const PREPARED_IN = 'TRYTON_PREPARED_IN';

/** A Tryton of a test's own: the demonstration company as it was set up, on a free port. */
export interface TrytonServer {
  readonly url: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Where its SQLite database is, for what nobody can do through the server. */
  readonly databaseFile: string;
  /** Somebody in the company who works in the ERP itself. */
  readonly clerk: ErpClient;
  /** Ends the process as a power cut would; the database stays. */
  kill(): Promise<void>;
  /** Starts it again, at the same address. */
  start(): Promise<void>;
  /** Stops it and removes everything. */
  remove(): Promise<void>;
}

/** Makes a database with the demonstration company in `directory`, for `startTryton` to copy. Takes half a minute. */
export async function prepareTryton(directory: string): Promise<void> {
  const place = await placeFor(directory);
  await writeFile(join(directory, `${DATABASE}.sqlite`), '');
  await writeFile(place.passwordFile, ADMIN_PASSWORD, { mode: 0o600 });
  const log = createWriteStream(place.logFile, { flags: 'a' });
  await once(log, 'open');
  const admin = spawn(
    ADMIN,
    [
      ...['-c', place.configFile, '-d', DATABASE, '--email', 'admin@example.org'],
      ...['-u', ...MODULES, '--activate-dependencies'],
    ],
    { env: { ...cleanEnvironment(), TRYTONPASSFILE: place.passwordFile }, stdio: ['ignore', log, log] },
  );
  const [code] = await once(admin, 'exit');
  if (code !== 0) throw new Error(`trytond-admin ended with ${code}: see ${place.logFile}`);
  const server = await run(place);
  try {
    await setUpCompany(await createErpClient({ ...place, user: 'admin', password: ADMIN_PASSWORD }));
  } finally {
    await end(server, 'SIGTERM');
  }
  await copyFile(join(directory, `${DATABASE}.sqlite`), join(directory, PREPARED));
}

/** Starts a Tryton of its own from what was prepared. */
export async function startTryton(preparedIn: string): Promise<TrytonServer> {
  const directory = await mkdtemp(join(tmpdir(), 'tryton-'));
  await copyFile(join(preparedIn, PREPARED), join(directory, `${DATABASE}.sqlite`));
  const place = await placeFor(directory);
  let server = await run(place);
  const clerk = await createErpClient({ ...place, ...COMPANY_LOGIN });
  return {
    url: place.url,
    database: DATABASE,
    ...COMPANY_LOGIN,
    databaseFile: join(directory, `${DATABASE}.sqlite`),
    clerk,
    kill: () => end(server, 'SIGKILL'),
    async start() {
      server = await run(place);
    },
    async remove() {
      await end(server, 'SIGTERM');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

interface Place {
  readonly url: string;
  readonly database: string;
  readonly configFile: string;
  readonly passwordFile: string;
  readonly logFile: string;
}

async function placeFor(directory: string): Promise<Place> {
  await mkdir(directory, { recursive: true });
  const port = await freePort();
  const place = {
    url: `http://127.0.0.1:${port}`,
    database: DATABASE,
    configFile: join(directory, 'trytond.conf'),
    passwordFile: join(directory, 'admin-password'),
    logFile: join(directory, 'trytond.log'),
  };
  const settings = [
    '[database]',
    'uri = sqlite://',
    `path = ${directory}`,
    '[web]',
    `listen = 127.0.0.1:${port}`,
    'root =',
  ];
  await writeFile(place.configFile, `${settings.join('\n')}\n`);
  return place;
}

async function run(place: Place): Promise<ChildProcess> {
  const log = createWriteStream(place.logFile, { flags: 'a' });
  await once(log, 'open');
  const child = spawn(SERVER, ['-c', place.configFile, '-d', DATABASE], {
    env: cleanEnvironment(),
    stdio: ['ignore', log, log],
  });
  try {
    await until(
      'Tryton answers',
      () => {
        if (child.exitCode !== null) throw new Error(`trytond ended: see ${place.logFile}`);
        return answers(place.url);
      },
      READY_WITHIN_MS,
    );
  } catch (error) {
    await end(child, 'SIGKILL');
    throw error;
  }
  return child;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 0, method: 'common.server.version', params: [] }),
    });
    return response.ok;
  } catch {
    return false;
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

/** Python must not pick up a virtual environment of whoever runs the tests. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PYTHONPATH: _path, PYTHONHOME: _home, TRYTOND_CONFIG: _config, ...rest } = process.env;
  return { ...rest, PYTHONWARNINGS: 'ignore', LC_ALL: 'C.UTF-8' };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
