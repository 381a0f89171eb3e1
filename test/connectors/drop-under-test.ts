import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, type Model, Schema } from 'mongoose';
import { createFolderDrop, type FolderDropOptions } from '../../connectors/csv/folder-drop.ts';
import { createPoller, type Poller } from '../../platform/feed/poller.ts';
import type { SubgraphDependencies } from '../../platform/integration.ts';

export const PRICE_COLUMNS = 'sku,channelCode,currencyCode,list,taxIncluded,priceListCode';
export const MOVEMENT_COLUMNS = 'id,sku,locationCode,quantity,unit,type,occurredAt';
export const price = (sku: string, list: string) => `${sku},WEB,EUR,${list},true,BASE`;
export const movement = (id: string) => `${id},LAMP,DC1,1,C62,RECEIPT,2026-03-01T00:00:00Z`;

/** What a store keeps of one row: the value it was last given, and how often it was given. */
export interface AppliedRow {
  _id: string;
  value: string;
  times: number;
}

export function appliedRows(connection: Connection, feed: string): Model<AppliedRow> {
  const name = `Applied-${feed}`;
  return (
    connection.models[name] ??
    connection.model<AppliedRow>(
      name,
      new Schema<AppliedRow>(
        { _id: String, value: String, times: Number },
        { versionKey: false, collection: name },
      ),
    )
  );
}

/** A folder as a system finds it that is to drop files in it. */
export async function makeDrop() {
  const root = await mkdtemp(join(tmpdir(), 'folder-drop-'));
  await mkdir(join(root, 'in'));
  return {
    root,
    incoming: join(root, 'in'),
    /** All files below a folder, by their path in it; none when it is not there. */
    async files(folder: string): Promise<string[]> {
      const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(
        () => [],
      );
      return entries
        .filter((entry) => !entry.isDirectory() && !entry.parentPath.includes('.applied'))
        .map((entry) => join(entry.parentPath, entry.name).slice(join(root, folder).length + 1))
        .sort();
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** The poller of one feed of a drop as a subgraph has it, with a collection of its own in the store for what was applied. */
export function pollDrop(
  dependencies: SubgraphDependencies,
  feed: 'prices' | 'stockMovements',
  name: string,
  options: Pick<FolderDropOptions, 'directory'> & Partial<FolderDropOptions>,
): Poller & { readonly rows: Model<AppliedRow> } {
  const { integration, clock, logger } = dependencies;
  const drop = createFolderDrop({
    system: 'files',
    files: { prices: {}, stockMovements: {} },
    clock,
    settleMs: 30,
    ...options,
  });
  const rows = appliedRows(integration.connection, name);
  const poller = createPoller({
    name,
    system: drop.system,
    connection: integration.connection,
    health: integration.health,
    clock,
    logger,
    everyMs: 15,
    read: (cursor, reading) => drop.readChanges(feed, cursor, reading),
    async apply(changes) {
      const writes = changes.map(({ record }) => {
        const [_id, value] =
          'list' in record ? [record.sku, record.list] : [record.id, String(record.quantity)];
        return {
          updateOne: { filter: { _id }, update: { $set: { value }, $inc: { times: 1 } }, upsert: true },
        };
      });
      await rows.bulkWrite(writes);
      return [];
    },
  });
  return {
    ...poller,
    rows,
    async stop() {
      await poller.stop();
      await drop.close();
    },
  };
}
