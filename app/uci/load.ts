import { ConnectorError } from '../../connectors/connector-error.ts';
import type { FeedRecord } from '../../connectors/feeds.ts';
import type { Connector, MasterDataResult } from '../../connectors/port.ts';
import type { Clock } from '../../platform/clock.ts';
import type { MasterData } from './master-data.ts';

export interface LoadedFeed {
  readonly feed: keyof MasterData;
  readonly written: number;
  /** Records the ERP had already, just so. */
  readonly unchanged: number;
  readonly rejected: readonly { readonly key: string; readonly code: string; readonly message: string }[];
}

/** Channels and places before what refers to them. */
const ORDER = [
  'channels',
  'locations',
  'customers',
  'items',
  'prices',
  'stockMovements',
] as const satisfies readonly (keyof MasterData)[];

/** Records in one call: small enough that a slow ERP answers in time. */
const CHUNK = 500;
const CALL_TIMEOUT_MS = 30_000;
const MAX_ATTEMPTS = 6;
const FIRST_PAUSE_MS = 250;

/**
 * Loads master data into the ERP through the connector port. Records are upserted by their own keys, so a call without an answer is simply
 * repeated, and loading the same again changes nothing. Throws the last ConnectorError when the ERP does not come back.
 */
export async function loadMasterData(
  erp: Connector,
  data: MasterData,
  options: { clock: Clock; signal: AbortSignal; onLoaded: (records: number) => void },
): Promise<LoadedFeed[]> {
  const loaded: LoadedFeed[] = [];
  for (const feed of ORDER) loaded.push(await loadFeed(feed, data[feed]));
  return loaded;

  async function loadFeed<F extends keyof MasterData>(
    feed: F,
    records: readonly FeedRecord[F][],
  ): Promise<LoadedFeed> {
    const sum = { written: 0, unchanged: 0, rejected: [] as LoadedFeed['rejected'][number][] };
    for (let at = 0; at < records.length; at += CHUNK) {
      const chunk = records.slice(at, at + CHUNK);
      const result = await loadChunk(feed, chunk);
      sum.written += result.written;
      sum.unchanged += result.unchanged;
      for (const { index, code, message } of result.rejected)
        sum.rejected.push({ key: keyOf(chunk[index]), code, message });
      options.onLoaded(chunk.length);
    }
    return { feed, ...sum };
  }

  async function loadChunk<F extends keyof MasterData>(
    feed: F,
    chunk: readonly FeedRecord[F][],
  ): Promise<MasterDataResult> {
    if (erp.loadMasterData === undefined)
      throw new Error(`${erp.connector} cannot be loaded with master data`);
    for (let attempt = 1; ; attempt += 1) {
      options.signal.throwIfAborted();
      try {
        const signal = AbortSignal.any([options.signal, AbortSignal.timeout(CALL_TIMEOUT_MS)]);
        return await erp.loadMasterData(feed, chunk, { signal });
      } catch (error) {
        const isFinal =
          !(error instanceof ConnectorError) || error.outcome === 'rejected' || error.outcome === 'refused';
        if (isFinal || attempt >= MAX_ATTEMPTS) throw error;
        await options.clock.delay(error.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** (attempt - 1), options.signal);
      }
    }
  }
}

/** How a person finds the record again. */
function keyOf(record: FeedRecord[keyof MasterData] | undefined): string {
  if (record === undefined) return '';
  if ('id' in record) return record.id;
  return 'sku' in record ? record.sku : record.code;
}
