import { z } from 'zod';
import type { SalesOrder } from '../../../connectors/canonical/sales-order.ts';
import {
  CONNECTOR_CODES,
  ConnectorError,
  type ConnectorOutcome,
} from '../../../connectors/connector-error.ts';
import type { DocumentReceipt, KeptKind } from '../../../connectors/documents.ts';
import { createJsonOverHttp } from '../../../connectors/json-over-http.ts';
import type { Connector, ReadRequest } from '../../../connectors/port.ts';
import { changedArticles, changeOf } from './corner-articles.ts';
import { bookedOrder, isSameOrder, type OrderRequest, orderRequestOf, receiptOf } from './corner-orders.ts';

export interface CornerOptions {
  readonly url: string;
  readonly key: string;
  readonly timeoutMs?: number;
}

const system = 'corner';
// A booking takes milliseconds; a call that was cut may still be in one.
const byReference = { dedupe: 'unique-business-key', settlingMs: 500 } as const;

/** The connector that "Connect your ERP in an afternoon" ends with: articles in, orders out. */
export function createCornerConnector(options: CornerOptions): Connector {
  const http = createJsonOverHttp({
    system,
    url: options.url,
    headers: { authorization: `Key ${options.key}` },
    timeoutMs: options.timeoutMs ?? 5_000,
    maxConnections: 8,
  });

  async function find(kind: KeptKind, reference: string, { signal }: ReadRequest) {
    if (kind !== 'salesOrder') throw failure('refused', CONNECTOR_CODES.unsupported, `cannot do ${kind}`);
    const path = `/orders?yourRef=${encodeURIComponent(reference)}`;
    const { body } = await http.call({ method: 'GET', path, signal });
    const [order] = parse(z.object({ orders: z.array(bookedOrder).max(1) }), body).orders;
    return order ?? null;
  }

  async function book(request: OrderRequest, signal: AbortSignal): Promise<DocumentReceipt> {
    const { status, body } = await http.call({ method: 'POST', path: '/orders', body: request, signal });
    if (status === 422) {
      const { reason, at } = parse(
        z.object({ fault: z.object({ reason: z.string(), at: z.string() }) }),
        body,
      ).fault;
      // The ERP says `article` where we say `sku`.
      const field = at.replace('article', 'sku').split('.');
      throw failure('rejected', reason, `refuses the order: ${reason} at ${at}`, field);
    }
    const { order } = parse(z.object({ order: bookedOrder }), body);
    if (!isSameOrder(order, request)) {
      const message = `has another order ${request.yourRef}`;
      throw failure('rejected', CONNECTOR_CODES.referenceReused, message, ['reference']);
    }
    return receiptOf(order, status === 409);
  }

  return {
    system,
    connector: 'corner',
    kind: 'ERP',
    capabilities: {
      feeds: { items: { changes: 'poll', order: 'sequence', overlapMs: 0 } },
      documents: { salesOrder: byReference },
      masterData: [],
    },

    async readChanges(feed, cursor, { limit, signal }) {
      if (feed !== 'items') throw failure('refused', CONNECTOR_CODES.unsupported, `cannot read ${feed}`);
      const after = cursor ?? '0';
      if (!/^\d{1,15}$/.test(after))
        throw failure('refused', CONNECTOR_CODES.invalidCursor, 'a strange cursor');
      const path = `/articles?after=${after}&max=${limit}`;
      const { body } = await http.call({ method: 'GET', path, signal });
      const { articles, last } = parse(changedArticles, body);
      return {
        changes: articles.map((article) => changeOf(feed, article)),
        cursor: String(articles.at(-1)?.rev ?? after),
        more: !last,
      };
    },

    async createDocument(kind, document, { signal }) {
      if (kind !== 'salesOrder') throw failure('refused', CONNECTOR_CODES.unsupported, `cannot do ${kind}`);
      // The kind says so; TypeScript does not narrow one argument by another.
      return book(orderRequestOf(document as SalesOrder), signal);
    },

    async findDocument(kind, reference, request) {
      const order = await find(kind, reference, request);
      return order === null ? null : receiptOf(order, true);
    },

    async ping(signal) {
      const { body } = await http.call({ method: 'GET', path: '/health', signal });
      parse(z.object({ alive: z.literal(true) }), body);
    },

    close: () => http.close(),
  };
}

/** Nonsense leaves a doubt: an answer that cannot be read must never be taken for a no. */
function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const { data, error } = schema.safeParse(body);
  if (error === undefined) return data;
  throw failure('in-doubt', CONNECTOR_CODES.contractViolation, 'an answer that cannot be read');
}

function failure(outcome: ConnectorOutcome, code: string, message: string, field?: string[]): ConnectorError {
  return new ConnectorError(outcome, { system, code, message, field });
}
