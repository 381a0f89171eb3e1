import { z } from 'zod';
import type { Clock } from '../../../platform/clock.ts';
import {
  type FulfillmentCancellation,
  type FulfillmentRequest,
  fulfillmentCancellationSchema,
  fulfillmentRequestSchema,
} from '../../canonical/fulfillment-request.ts';
import type { ShipmentNotice } from '../../canonical/shipment-notice.ts';
import { code } from '../../canonical/values.ts';
import { type Answer, created, notFound, type Refusal, refusalOf, unprocessable } from './answer.ts';
import type { ChangeLog } from './change-log.ts';
import type { DocumentBook, StoredDocument } from './document-book.ts';
import { referenceTaken } from './same-document.ts';
import type { Storage } from './storage.ts';

/**
 * The warehouse's own rules. A request is unique by our reference: a second create answers 409 with the one that is there. It is OPEN
 * until its people ship it, whole, or it is canceled; what has left cannot be canceled, and what is canceled does not leave.
 */
export interface Warehouse {
  createRequest(body: unknown): Promise<Answer>;
  cancelRequest(number: string, body: unknown): Promise<Answer>;
  /** Goods leave: what somebody at the packing table says. */
  shipRequest(number: string, body: unknown): Promise<Answer>;
}

const shipmentSchema = z.strictObject({
  carrier: code,
  trackingNumber: code.optional(),
  /** Missing: one package with everything. */
  packages: z
    .array(
      z.strictObject({
        sscc: z
          .string()
          .regex(/^\d{18}$/, 'must have 18 digits')
          .optional(),
        lineReferences: z.array(code).min(1, 'must name at least one line'),
      }),
    )
    .min(1, 'must have at least one package')
    .max(1_000)
    .optional(),
});
type ShipmentInput = z.infer<typeof shipmentSchema>;

const SYSTEM = 'wms';
const REQUEST = 'fulfillmentRequest';
const CANCELLATION = 'fulfillmentCancellation';
const SHIPMENT = 'shipment';

export function createWarehouse(options: {
  storage: Storage;
  book: DocumentBook;
  log: ChangeLog;
  clock: Clock;
}): Warehouse {
  const { storage, book, log, clock } = options;
  const numberOf = (prefix: string) => `${prefix}-${100_000 + storage.next(`numbers/${prefix}`)}`;

  function add(
    entry: Pick<StoredDocument, 'kind' | 'number' | 'reference' | 'state'>,
    document: object,
    alsoFoundBy: readonly string[],
  ): StoredDocument {
    const acceptedAt = clock.now().toISOString();
    return book.add(
      {
        system: SYSTEM,
        externalId: entry.number,
        acceptedAt,
        related: [],
        document: { ...document },
        ...entry,
      },
      alsoFoundBy,
    );
  }

  function acceptRequest(request: FulfillmentRequest): Answer {
    const stored = book.findByReference(SYSTEM, REQUEST, request.reference);
    if (stored !== undefined) return referenceTaken(stored, request);
    const refused = refuseRequest(request);
    if (refused !== null) return unprocessable(refused);
    const entry = { kind: REQUEST, number: numberOf('FR'), reference: request.reference, state: 'OPEN' };
    return created(add(entry, request, [request.orderReference]));
  }

  function acceptCancellation(number: string, cancellation: FulfillmentCancellation): Answer {
    const known = book.findByReference(SYSTEM, CANCELLATION, cancellation.reference);
    if (known !== undefined) return referenceTaken(known, cancellation);
    const stored = book.findByNumber(SYSTEM, REQUEST, number);
    if (stored === undefined) return notFound('REQUEST_NOT_FOUND', `no request ${number}`);
    const field = ['requestReference'];
    if (stored.reference !== cancellation.requestReference) {
      const message = `${number} is ${stored.reference}, not ${cancellation.requestReference}`;
      return unprocessable({ code: 'REQUEST_MISMATCH', message, field });
    }
    if (stored.state !== 'OPEN') {
      const code = stored.state === 'SHIPPED' ? 'ALREADY_SHIPPED' : 'ALREADY_CANCELED';
      return unprocessable({ code, message: `${number} is ${stored.state}`, field });
    }
    book.replace({ ...stored, state: 'CANCELED' });
    const { reference } = cancellation;
    const entry = { kind: CANCELLATION, number: numberOf('FX'), reference, state: 'POSTED' };
    return created(add(entry, cancellation, [stored.reference]));
  }

  function acceptShipment(number: string, shipment: ShipmentInput): Answer {
    const stored = book.findByNumber(SYSTEM, REQUEST, number);
    if (stored === undefined) return notFound('REQUEST_NOT_FOUND', `no request ${number}`);
    if (stored.state !== 'OPEN') {
      const code = stored.state === 'SHIPPED' ? 'ALREADY_SHIPPED' : 'REQUEST_CANCELED';
      return unprocessable({ code, message: `${number} is ${stored.state}` });
    }
    // Stored by acceptRequest, from a parsed body.
    const { lines } = stored.document as unknown as FulfillmentRequest;
    const references = lines.map(({ lineReference }) => lineReference);
    const packages = shipment.packages ?? [{ lineReferences: references }];
    const refused = refusePackages(packages, references);
    if (refused !== null) return unprocessable(refused);
    const notice: ShipmentNotice = {
      id: numberOf('SH'),
      requestReference: stored.reference,
      carrier: shipment.carrier,
      ...(shipment.trackingNumber === undefined ? {} : { trackingNumber: shipment.trackingNumber }),
      packages,
      shippedAt: clock.now().toISOString(),
    };
    book.replace({ ...stored, state: 'SHIPPED' });
    log.append('shipments', notice);
    const entry = { kind: SHIPMENT, number: notice.id, reference: stored.reference, state: 'SHIPPED' };
    return created(add(entry, notice, []));
  }

  return {
    async createRequest(body) {
      const { data, error } = fulfillmentRequestSchema.safeParse(body);
      if (error) return unprocessable(refusalOf(error));
      return storage.transact(() => acceptRequest(data));
    },
    async cancelRequest(number, body) {
      const { data, error } = fulfillmentCancellationSchema.safeParse(body);
      if (error) return unprocessable(refusalOf(error));
      return storage.transact(() => acceptCancellation(number, data));
    },
    async shipRequest(number, body) {
      const { data, error } = shipmentSchema.safeParse(body);
      if (error) return unprocessable(refusalOf(error));
      return storage.transact(() => acceptShipment(number, data));
    },
  };
}

function refuseRequest({ lines }: FulfillmentRequest): Refusal | null {
  const seen = new Set<string>();
  for (const [index, { lineReference, quantity }] of lines.entries()) {
    const field = (name: string) => ['lines', String(index), name];
    if (seen.has(lineReference)) {
      const message = `${lineReference} is there twice`;
      return { code: 'LINE_REPEATED', message, field: field('lineReference') };
    }
    if (!Number.isInteger(Number(quantity))) {
      const message = `nobody picks ${quantity} of a thing`;
      return { code: 'NOT_WHOLE', message, field: field('quantity') };
    }
    seen.add(lineReference);
  }
  return null;
}

/** A request leaves whole: every line is in a package, and nothing else is. */
function refusePackages(
  packages: readonly { lineReferences: readonly string[] }[],
  references: readonly string[],
): Refusal | null {
  const known = new Set(references);
  for (const [index, { lineReferences }] of packages.entries()) {
    const stranger = lineReferences.find((reference) => !known.has(reference));
    if (stranger === undefined) continue;
    const field = ['packages', String(index), 'lineReferences'];
    return { code: 'UNKNOWN_LINE', message: `the request has no line ${stranger}`, field };
  }
  const packed = new Set(packages.flatMap(({ lineReferences }) => lineReferences));
  const left = references.find((reference) => !packed.has(reference));
  return left === undefined
    ? null
    : { code: 'LINE_NOT_PACKED', message: `line ${left} is in no package`, field: ['packages'] };
}
