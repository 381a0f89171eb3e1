import { z } from 'zod';
import type { FeedName, FeedRecord } from '../feeds.ts';
import { parseRecord } from '../parse-record.ts';
import type { Connector, MasterDataResult } from '../port.ts';
import { bulkPath } from './read-feed.ts';
import {
  byReference,
  bySequence,
  createSandboxConnector,
  type SandboxConnectorOptions,
  type StandIn,
} from './sandbox-connector.ts';
import { brokenAnswer, rejection, unsupported } from './stored-document.ts';

const FEEDS: readonly FeedName[] = [
  'items',
  'prices',
  'locations',
  'channels',
  'customers',
  'stockMovements',
  'expectedSupplies',
  'locationSignals',
  'invoices',
];
const MASTER_DATA: readonly FeedName[] = FEEDS.filter((feed) => feed !== 'invoices');

const ERP: StandIn = {
  face: 'erp',
  kind: 'ERP',
  capabilities: {
    feeds: Object.fromEntries(FEEDS.map((feed) => [feed, bySequence])),
    documents: {
      salesOrder: byReference,
      salesOrderCancellation: byReference,
      salesReturn: byReference,
      journalEntry: byReference,
    },
    made: ['invoice', 'creditNote'],
    masterData: MASTER_DATA,
  },
  paths: {
    salesOrder: () => '/sales-orders',
    salesReturn: () => '/sales-returns',
    journalEntry: () => '/journal-entries',
    // A cancellation belongs to an order that the ERP names by its own number.
    async salesOrderCancellation({ orderReference }, desk, request) {
      const missing = { code: 'ORDER_NOT_FOUND', field: ['orderReference'] };
      const number = await desk.numberOf('salesOrder', orderReference, missing, request);
      return `/sales-orders/${encodeURIComponent(number)}/cancellation`;
    },
  },
};

const bulkAnswerSchema = z.object({
  written: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.array(
    z.object({
      index: z.number().int(),
      code: z.string(),
      message: z.string(),
      field: z.array(z.string()).optional(),
    }),
  ),
});

/** Records sent in one bulk call. */
const BULK_SIZE = 2_000;

/** Speaks to the sandbox ERP over HTTP. */
export function createSandboxErpConnector(options: SandboxConnectorOptions): Connector {
  const { connector, desk } = createSandboxConnector(options, ERP);
  const { http, system } = desk;

  async function loadPart<F extends FeedName>(
    feed: F,
    records: readonly FeedRecord[F][],
    signal: AbortSignal,
  ) {
    const answer = await http.call({ method: 'POST', path: bulkPath(feed), body: { records }, signal });
    if (answer.status !== 200) throw rejection(system, answer);
    const parsed = bulkAnswerSchema.safeParse(answer.body);
    if (!parsed.success) throw brokenAnswer(system, `a bulk answer for ${feed} that cannot be read`);
    return parsed.data;
  }

  return {
    ...connector,

    async loadMasterData(feed, records, { signal }) {
      if (!MASTER_DATA.includes(feed)) throw unsupported(system, `a load of ${feed}`);
      const result: MasterDataResult = { written: 0, unchanged: 0, rejected: [] };
      const good: { index: number; record: (typeof records)[number] }[] = [];
      for (const [index, raw] of records.entries()) {
        const read = parseRecord(feed, raw);
        if ('record' in read) good.push({ index, record: read.record });
        else result.rejected.push({ index, ...pick(read.rejected) });
      }
      for (let start = 0; start < good.length; start += BULK_SIZE) {
        const part = good.slice(start, start + BULK_SIZE);
        const loaded = await loadPart(
          feed,
          part.map(({ record }) => record),
          signal,
        );
        result.written += loaded.written;
        result.unchanged += loaded.unchanged;
        for (const rejected of loaded.rejected) {
          result.rejected.push({ ...rejected, index: part[rejected.index]?.index ?? rejected.index });
        }
      }
      return result;
    },
  };
}

function pick({ code, message, field }: { code: string; message: string; field?: string[] | undefined }) {
  return { code, message, field };
}
