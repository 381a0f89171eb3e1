import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quarantineModel } from '../../platform/feed/quarantine.ts';
import { INTEGRATION_DATABASE } from '../../platform/store/store.ts';
import { startTestStore, type TestStore } from '../kit/store.ts';
import { until } from '../kit/until.ts';
import { appliedRows, MOVEMENT_COLUMNS, makeDrop, movement } from './drop-under-test.ts';

const PROCESS = fileURLToPath(new URL('./folder-drop-process.ts', import.meta.url));
const NAME = 'killed-drop';
const ROWS_PER_FILE = 4_000;
const BAD_EVERY = 1_000;
const PAGE_SIZE = 500;

describe('a process that reads a folder', () => {
  let test: TestStore;
  let drop: Awaited<ReturnType<typeof makeDrop>>;
  let running: ChildProcess | undefined;
  beforeAll(async () => {
    test = await startTestStore();
    drop = await makeDrop();
  });
  afterAll(async () => {
    running?.kill('SIGKILL');
    await test.stop();
    await drop.remove();
  });

  function start(): ChildProcess {
    const { name } = test.dependencies.integration.connection;
    const prefix = name.slice(0, -INTEGRATION_DATABASE.length);
    running = spawn(process.execPath, [PROCESS, test.uri, prefix, drop.root, NAME], { stdio: 'inherit' });
    return running;
  }

  it('may be killed in the middle of a file, between files and about when it clears one away: no row is lost or doubled', async () => {
    const { connection } = test.dependencies.integration;
    const rows = appliedRows(connection, NAME);
    const isBad = (row: number) => row % BAD_EVERY === 0;
    for (const file of [1, 2, 3]) {
      const lines = Array.from({ length: ROWS_PER_FILE }, (_, row) =>
        isBad(row) ? `${file}-${row},LAMP` : movement(`${file}-${row}`),
      );
      const path = join(drop.incoming, `stock-movements-${file}.csv`);
      await writeFile(path, `${[MOVEMENT_COLUMNS, ...lines].join('\n')}\n`);
    }
    const goodPerFile = ROWS_PER_FILE - ROWS_PER_FILE / BAD_EVERY;
    const moments: [string, () => Promise<boolean>][] = [
      ['a first page is applied', async () => (await rows.countDocuments()) > 0],
      ['the first file is half applied', async () => (await rows.countDocuments()) > goodPerFile / 2],
      ['the first rejects are written', async () => (await drop.files('reject')).length > 0],
      ['the second file is archived', async () => (await drop.files('archive')).length > 1],
      ['the last file is nearly applied', async () => (await rows.countDocuments()) > 2.8 * goodPerFile],
    ];
    for (const [moment, hasCome] of moments) {
      const killed = start();
      await until(moment, hasCome, 30_000);
      killed.kill('SIGKILL');
      await once(killed, 'exit');
    }
    start();
    await until('all files are archived', async () => (await drop.files('archive')).length === 3, 30_000);

    expect(await rows.countDocuments()).toBe(3 * goodPerFile);
    const given = (await rows.find().lean()).reduce((sum, { times }) => sum + times, 0);
    // What was applied and not yet noted when the process died comes once more, and never more than that page.
    expect(given).toBeLessThanOrEqual(3 * goodPerFile + moments.length * PAGE_SIZE);
    expect(await drop.files('reject')).toEqual([1, 2, 3].map((file) => `stock-movements-${file}.csv`));
    for (const rejected of await drop.files('reject')) {
      const lines = (await readFile(join(drop.root, 'reject', rejected), 'utf8')).trimEnd().split('\r\n');
      expect(lines.slice(1).map((line) => Number.parseInt(line, 10))).toEqual([2, 1_002, 2_002, 3_002]);
    }
    expect(await quarantineModel(connection).countDocuments({ feed: NAME })).toBe(12);
    expect([await drop.files('in'), await drop.files('reading')]).toEqual([[], []]);
  }, 120_000);
});
