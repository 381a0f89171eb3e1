import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createSnapshotFiles } from '../connectors/csv/snapshot-files.ts';
import type { InventoryDependencies } from '../subgraphs/inventory/index.ts';
import { type Settings, SettingsError } from './settings.ts';

/** What a shop may set of its stock. */
export type StockSettings = Pick<InventoryDependencies, 'channelPolicies' | 'snapshotFiles'>;

const units = z.number().int().min(0).max(1_000_000);
const channelPolicy = z
  .strictObject({
    bufferUnits: z.partialRecord(
      z.enum(['DISTRIBUTION_CENTER', 'STORE', 'DARK_STORE', 'THIRD_PARTY_LOGISTICS', 'VENDOR', 'VIRTUAL']),
      units,
    ),
    lowStockUnits: units,
    backorderUnits: units,
    sellsExpectedSupply: z.boolean(),
    supplyHorizonDays: z.number().int().min(1).max(730),
    whenOffline: z.discriminatedUnion('rule', [
      z.strictObject({ rule: z.literal('KEEP_BACK'), units }),
      z.strictObject({ rule: z.literal('STOP') }),
    ]),
    pickupLeadMinutes: z.number().int().min(0).max(20_160),
  })
  .partial();

/**
 * Reads the policies of channels (`CHANNEL_POLICIES`, a JSON file by channel code) and from where snapshots may be read
 * (`SNAPSHOT_URLS`). Throws a SettingsError that names the file and the field.
 */
export function stockSettings(settings: Pick<Settings, 'CHANNEL_POLICIES' | 'SNAPSHOT_URLS'>): StockSettings {
  return {
    snapshotFiles: createSnapshotFiles({ allowed: settings.SNAPSHOT_URLS ?? [] }),
    ...(settings.CHANNEL_POLICIES === undefined
      ? {}
      : { channelPolicies: readPolicies(settings.CHANNEL_POLICIES) }),
  };
}

function readPolicies(path: string): NonNullable<StockSettings['channelPolicies']> {
  const wrong = (what: string) =>
    new SettingsError([
      `CHANNEL_POLICIES ${path}: ${what}, such as {"web-uk": {"bufferUnits": {"STORE": 2}, "backorderUnits": 5}}`,
    ]);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw wrong(`cannot be read as JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  const { data, error } = z.record(z.string(), channelPolicy).safeParse(json);
  if (error === undefined) return data;
  const issue = error.issues[0];
  throw wrong(`${issue?.path.join('.')}: ${issue?.message}`);
}
