import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';
import { stockSettings } from './stock-settings.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'policies-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function read(policies: unknown) {
  const path = join(directory, 'policies.json');
  writeFileSync(path, typeof policies === 'string' ? policies : JSON.stringify(policies));
  return stockSettings(readSettings({ CHANNEL_POLICIES: path })).channelPolicies;
}

describe('the settings of stock', () => {
  it('are the defaults when nothing is set: no policy of any channel, no snapshot from anywhere', () => {
    const settings = stockSettings(readSettings({}));
    expect(settings.channelPolicies).toBeUndefined();
    expect(settings.snapshotFiles?.allows('file:///etc/passwd')).toBe(false);
  });

  it('are policies by channel code, each with what it says', () => {
    const policy = { bufferUnits: { STORE: 2 }, whenOffline: { rule: 'STOP' }, backorderUnits: 5 };
    expect(read({ 'web-uk': policy })).toEqual({ 'web-uk': policy });
  });

  it.each([
    [{ web: { bufferUnits: { SHOP: 2 } } }, /web\.bufferUnits/],
    [{ web: { backorderUnits: -1 } }, /web\.backorderUnits/],
    [{ web: { whenOffline: { rule: 'KEEP_BACK' } } }, /web\.whenOffline\.units/],
    [{ web: { bufferunits: {} } }, /bufferunits/],
    ['{', /cannot be read as JSON/],
  ])('name the field that is wrong in %j', (policies, field) => {
    expect(() => read(policies)).toThrow(field);
    expect(() => read(policies)).toThrow(/CHANNEL_POLICIES .* such as \{"web-uk"/);
  });

  it('are beginnings of addresses that snapshots are read from, with their last slash', () => {
    const given = readSettings({ SNAPSHOT_URLS: 'https://wms.example.org/exports/,file:///var/drop/' });
    const { snapshotFiles } = stockSettings(given);
    expect(snapshotFiles?.allows('file:///var/drop/stock.csv')).toBe(true);
    expect(snapshotFiles?.allows('file:///var/drop/../shadow')).toBe(false);
    expect(snapshotFiles?.allows('https://wms.example.org.evil.example/exports/x')).toBe(false);
    expect(() => readSettings({ SNAPSHOT_URLS: 'https://wms.example.org' })).toThrow(/SNAPSHOT_URLS/);
  });
});
