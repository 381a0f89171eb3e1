import { timingSafeEqual } from 'node:crypto';
import { type Clock, systemClock } from '../../../platform/clock.ts';
import { type NewId, newId as newUuid } from '../../../platform/ids.ts';
import { type Answer, badRequest, notFound, ok, refusalOf, unprocessable } from './answer.ts';
import { type CallMeter, createCallMeter } from './call-meter.ts';
import { answerCarrier, CARRIER_FEEDS, type CarrierFace } from './carrier-face.ts';
import { createChangeLog } from './change-log.ts';
import { createDocumentBook, type DocumentBook } from './document-book.ts';
import { createErpDocuments } from './erp-documents.ts';
import { answerErp, ERP_FEEDS, type ErpFace } from './erp-face.ts';
import {
  createFaultSwitch,
  type FaultMode,
  faultSchema,
  SANDBOX_SYSTEMS,
  type SandboxSystem,
} from './fault-switch.ts';
import { createHttpListener, type SandboxRequest, type Sent } from './http-listener.ts';
import { createMasterData } from './master-data.ts';
import { wholeNumber } from './page-query.ts';
import { createPaymentProvider } from './payment-provider.ts';
import { answerPayments } from './payments-face.ts';
import { openStorage } from './storage.ts';
import { createTaxEngine } from './tax-engine.ts';
import { answerTax } from './tax-face.ts';
import { createWarehouse } from './warehouse.ts';
import { createWebhookSender, webhookEndpointSchema } from './webhook-sender.ts';
import { answerWms, WMS_FEEDS, type WmsFace } from './wms-face.ts';

export interface SandboxSystemsOptions {
  /** Where the systems keep their books. Made when it is missing; what is in it is found again after a restart. */
  directory: string;
  /** Keep it on loopback: there is nothing behind it but a token. */
  host: string;
  /** The control port; 0 takes a free one. */
  port: number;
  /** The systems' own ports. Default 0: free ones, others at every start. */
  erpPort?: number;
  paymentsPort?: number;
  wmsPort?: number;
  carrierPort?: number;
  taxPort?: number;
  /** Bearer token every request must carry. */
  token: string;
  /** Default: the system's clock. */
  clock?: Clock;
  /** Default: UUIDv7. */
  newId?: NewId;
  /** Decides whom a fault with a `rate` strikes. Default: Math.random. */
  random?: () => number;
}

export interface SandboxSystems {
  /** The control face: `/faults`, `/calls`, `/documents`, `/webhook-endpoint`. */
  readonly url: string;
  /** Where the ERP answers. */
  readonly erpUrl: string;
  /** Where the payment provider answers. */
  readonly paymentsUrl: string;
  /** Where the warehouse answers. */
  readonly wmsUrl: string;
  /** Where the carrier answers. */
  readonly carrierUrl: string;
  /** Where the tax system answers. */
  readonly taxUrl: string;
  stop(): Promise<void>;
}

/**
 * Starts stand-ins for the systems of record that a shop would have: an ERP, a payment provider, a warehouse, a carrier and a tax system, each with
 * its own rules, its own numbers and its own books on disk, at its own port. An answer is given after its commit.
 */
export async function startSandboxSystems(options: SandboxSystemsOptions): Promise<SandboxSystems> {
  const { host, clock = systemClock, newId = newUuid } = options;
  const storage = openStorage(options.directory);
  const book = createDocumentBook(storage);
  const log = createChangeLog(storage, clock);
  const master = createMasterData(storage, log);
  const erp: ErpFace = {
    storage,
    log,
    book,
    master,
    documents: createErpDocuments({ storage, book, master, clock }),
  };
  const payments = createPaymentProvider({ storage, book, clock, newId });
  const faults = createFaultSwitch(options.random ?? Math.random);
  const wms: WmsFace = { book, log, warehouse: createWarehouse({ storage, book, log, clock }) };
  const carrier: CarrierFace = { storage, log, clock };
  const tax = createTaxEngine({ storage, book, clock });
  const pushers = {
    erp: createWebhookSender({ system: 'erp', feeds: ERP_FEEDS, storage, faults, clock }),
    wms: createWebhookSender({ system: 'wms', feeds: WMS_FEEDS, storage, faults, clock }),
    carrier: createWebhookSender({ system: 'carrier', feeds: CARRIER_FEEDS, storage, faults, clock }),
  };
  // One for each, by its name.
  const meters = Object.fromEntries(
    SANDBOX_SYSTEMS.map((system) => [system, createCallMeter(clock)]),
  ) as Record<SandboxSystem, CallMeter>;
  const stopping = new AbortController();
  const mayEnter = createDoorkeeper(options.token);

  const faces: Record<SandboxSystem, (request: SandboxRequest, fault: FaultMode) => Promise<Answer>> = {
    erp: (request, fault) => answerErp(erp, request, fault),
    payments: (request) => answerPayments(payments, book, request),
    wms: (request, fault) => answerWms(wms, request, fault),
    carrier: (request, fault) => answerCarrier(carrier, request, fault),
    tax: (request) => answerTax(tax, book, request),
  };

  async function answerSystem(system: SandboxSystem, request: SandboxRequest): Promise<Sent> {
    const fault = faults.strike(system);
    if (fault.mode === 'down') return 'cut';
    if (fault.mode === 'slow') await clock.delay(fault.latencyMs ?? 3_000, stopping.signal);
    const meter = meters[system];
    const { taken, headers } = meter.take();
    if (!taken) return throttled(fault.latencyMs ?? 1_000, headers);
    if (fault.mode === 'throttled' && fault.perSecond === undefined) {
      meter.refuse();
      return throttled(fault.latencyMs ?? 1_000);
    }
    if (fault.mode === 'wrong') return faults.wrongAnswer();
    if (!request.path.startsWith(`/${system}/`)) return notFound('NO_SUCH_ADDRESS', `no ${request.path}`);
    const answer = await faces[system](request, fault.mode);
    if (fault.mode === 'lossy-ack' && request.method === 'POST') return 'cut';
    return { ...answer, headers: { ...answer.headers, ...headers } };
  }

  const guarded = (answer: (request: SandboxRequest) => Promise<Sent>) => async (request: SandboxRequest) =>
    mayEnter(request.headers.authorization)
      ? answer(request)
      : { status: 401, body: { error: { code: 'UNAUTHORIZED', message: 'a good bearer token is needed' } } };

  const listen = (system: SandboxSystem, port = 0) =>
    createHttpListener(
      { host, port },
      guarded((request) => answerSystem(system, request)),
    );
  const ports = {
    erp: listen('erp', options.erpPort),
    payments: listen('payments', options.paymentsPort),
    wms: listen('wms', options.wmsPort),
    carrier: listen('carrier', options.carrierPort),
    tax: listen('tax', options.taxPort),
  };

  async function setFault(body: unknown): Promise<Answer> {
    const parsed = faultSchema.safeParse(body);
    if (!parsed.success) return unprocessable(refusalOf(parsed.error));
    const { system, ...fault } = parsed.data;
    faults.set(system, fault);
    meters[system].begin(fault.mode === 'throttled' ? (fault.perSecond ?? null) : null);
    if (fault.mode === 'down') await ports[system].shut();
    else await ports[system].open();
    return ok(faults.all());
  }

  async function setWebhookEndpoint(body: unknown): Promise<Answer> {
    const parsed = webhookEndpointSchema.safeParse(body);
    if (!parsed.success) return unprocessable(refusalOf(parsed.error));
    const { system, ...endpoint } = parsed.data;
    await pushers[system].setEndpoint(endpoint);
    return ok({ system, url: endpoint.url });
  }

  const control = createHttpListener(
    { host, port: options.port },
    guarded(async (request) => {
      const call = `${request.method} ${request.path}`;
      if (call === 'GET /documents') return listDocuments(book, request.query);
      if (call === 'GET /faults') return ok(faults.all());
      if (call === 'GET /calls') return countCalls(meters, request.query);
      if (call === 'POST /faults') return setFault(request.body);
      if (call === 'POST /webhook-endpoint') return setWebhookEndpoint(request.body);
      return notFound('NO_SUCH_ADDRESS', `no ${call}`);
    }),
  );

  const listeners = [control, ...Object.values(ports)];
  const stop = async () => {
    stopping.abort();
    await Promise.all(Object.values(pushers).map((pusher) => pusher.stop()));
    await Promise.all(listeners.map((listener) => listener.shut()));
    await Promise.all(listeners.map((listener) => listener.idle()));
    await storage.close();
  };
  try {
    for (const listener of listeners) await listener.open();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: control.url,
    erpUrl: ports.erp.url,
    paymentsUrl: ports.payments.url,
    wmsUrl: ports.wms.url,
    carrierUrl: ports.carrier.url,
    taxUrl: ports.tax.url,
    stop,
  };
}

/** The list of what a system really holds, at most 1,000 a page. */
function listDocuments(book: DocumentBook, query: URLSearchParams): Answer {
  const system = query.get('system');
  const kind = query.get('kind');
  const after = wholeNumber(query.get('after') ?? '0', Number.MAX_SAFE_INTEGER);
  const limit = wholeNumber(query.get('limit') ?? '1000', 1_000);
  if (!SANDBOX_SYSTEMS.some((known) => known === system) || system === null || !kind) {
    return badRequest('INVALID_QUERY', `system (${SANDBOX_SYSTEMS.join(', ')}) and kind are needed`);
  }
  if (after === null || limit === null) {
    return badRequest('INVALID_PAGE', 'after must be a whole number, limit between 0 and 1000');
  }
  return ok(book.list({ system, kind, reference: query.get('reference') ?? undefined, after, limit }));
}

/** How often a system was called since its fault was last set, and how often it refused for want of patience. */
function countCalls(meters: Readonly<Record<SandboxSystem, CallMeter>>, query: URLSearchParams): Answer {
  const system = SANDBOX_SYSTEMS.find((known) => known === query.get('system'));
  if (system === undefined)
    return badRequest('INVALID_QUERY', `system (${SANDBOX_SYSTEMS.join(', ')}) is needed`);
  return ok(meters[system].counted());
}

function throttled(waitMs: number, headers: Record<string, string> = {}): Answer {
  const body = { error: { code: 'THROTTLED', message: 'too many requests' } };
  const retryAfter = String(Math.max(1, Math.ceil(waitMs / 1_000)));
  return { status: 429, body, headers: { ...headers, 'retry-after': retryAfter } };
}

/** Says whether an Authorization header carries the token, in a time that does not depend on how much of it is right. */
function createDoorkeeper(token: string): (authorization: string | undefined) => boolean {
  if (token.length < 16)
    throw new RangeError('token: the sandbox needs a bearer token of at least 16 characters');
  const expected = Buffer.from(`Bearer ${token}`);
  return (authorization) => {
    const given = Buffer.from(authorization ?? '');
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
}
