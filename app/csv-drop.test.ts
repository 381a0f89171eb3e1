import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../platform/clock.ts';
import { csvDrop } from './csv-drop.ts';
import { readOwnership } from './ownership.ts';
import { readSettings } from './settings.ts';

describe('a folder of files as a system of record', () => {
  const directory = mkdtempSync(join(tmpdir(), 'csv-drop-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const ours = readOwnership();
  const filesOwn = (...facts: string[]) => ({
    ...ours,
    facts: {
      ...ours.facts,
      ...Object.fromEntries(facts.map((fact) => [fact, { owner: 'files', how: ['batch' as const] }])),
    },
  });
  const connected = (path: string | undefined, ownership = filesOwn('prices')) =>
    csvDrop(readSettings({ CSV_DROP: path }), ownership, systemClock);

  it('is connected with the facts that belong to files, and not at all when there is neither', async () => {
    const drop = connected(directory, filesOwn('prices', 'stockMovements'));
    expect(drop).toMatchObject({ system: 'files', kind: 'FILE_DROP' });
    expect(Object.keys(drop?.capabilities.feeds ?? {})).toEqual(['prices', 'stockMovements']);
    await drop?.close();
    expect(connected(undefined, ours)).toBeNull();
  });

  it('stops the start when one is given without the other, or cannot be, and says what would be right', () => {
    expect(() => connected('drop')).toThrow('CSV_DROP must be the whole path of a folder, such as /srv/drop');
    expect(() => connected(undefined)).toThrow('CSV_DROP is needed, for prices belong to files');
    expect(() => connected(directory, ours)).toThrow('prices: { owner: files, how: [batch] }');
    expect(() => connected(directory, filesOwn('items'))).toThrow('gives items to files');
    expect(() => connected(directory, filesOwn('invoices'))).toThrow('what can is prices');
    expect(() => connected(join(directory, 'missing'))).toThrow('CSV_DROP names no folder: make ');
  });
});
