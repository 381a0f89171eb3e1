import { ConnectorError } from '../../../connectors/connector-error.ts';
import type { DocumentReceipt } from '../../../connectors/documents.ts';
import type { Connector } from '../../../connectors/port.ts';
import type { Caller } from '../../../platform/identity/identity.ts';
import { deriveKey } from '../../../platform/ids.ts';
import {
  estimateTax,
  figuresOfQuote,
  type OrderTax,
  type QuotedTax,
  quoteIdOf,
  quoteRequestOf,
  type Taxable,
  type TaxFigures,
} from '../domain/order-tax.ts';
import type { Room } from '../room.ts';

/** An order waits this long for its tax at most, and less when its caller does not wait as long; then it is told later. */
const CALL_TIMEOUT_MS = 1_500;
/** Kept of the caller's time for what comes after; with less than that left nobody is asked. */
const MARGIN_MS = 1_000;

/**
 * The tax of an order that is about to stand, asked for once: a repetition finds what was said. When the tax system does not answer, or
 * is known not to, it is what the last rates come to, or nothing. Null: there is no tax system.
 */
export async function taxToBe(room: Room, order: Taxable, caller: Caller): Promise<OrderTax | null> {
  const { tax: connector } = room;
  if (connector === null) return null;
  const request = quoteRequestOf(order, caller.correlationId);
  const known = await room.finance.orderTaxes.find(order._id);
  if (known !== null && quoteIdOf(known) !== null) {
    const { reference } = quoteRequestOf(known, caller.correlationId);
    if (reference === request.reference) return known;
  }
  const figures = (await ask(room, connector, order, caller)) ?? (await estimate(room, order));
  return { ...order, provider: connector.system, figures, documentNumber: null };
}

/** What the tax system says an order's tax is. Fails as the connector does. */
export async function quoteTax(
  connector: Connector,
  order: Taxable,
  call: { readonly correlationId: string; readonly signal: AbortSignal },
): Promise<QuotedTax> {
  const request = quoteRequestOf(order, call.correlationId);
  const key = deriveKey(request.reference, 'quote');
  return figuresOfReceipt(
    connector.system,
    await connector.createDocument('taxQuote', request, { key, signal: call.signal }),
  );
}

async function ask(
  room: Room,
  connector: Connector,
  order: Taxable,
  { correlationId, deadlineMs }: Caller,
): Promise<TaxFigures | null> {
  const { health } = room.integration;
  const { system } = connector;
  const timeoutMs = Math.min(CALL_TIMEOUT_MS, deadlineMs - room.clock.now().getTime() - MARGIN_MS);
  if (timeoutMs <= 0 || !health.admit(system).open) return null;
  try {
    const figures = await quoteTax(connector, order, {
      correlationId,
      signal: AbortSignal.timeout(timeoutMs),
    });
    health.succeeded(system);
    return figures;
  } catch (error) {
    // A connector throws nothing else; asking has harmed nothing, whatever became of it.
    if (!(error instanceof ConnectorError)) throw error;
    const { outcome, code, message } = error;
    const kind = outcome === 'rejected' || outcome === 'refused' ? 'refused' : 'not-done';
    health.failed(system, { kind, code, message });
    room.logger.warn(
      { order: order._id, outcome, code, correlationId },
      'the tax of an order is not known yet',
    );
    return null;
  }
}

async function estimate(room: Room, order: Taxable): Promise<TaxFigures | null> {
  const categories = [...new Set(order.lines.map(({ taxCategoryCode }) => taxCategoryCode))];
  const rates = await room.finance.orderTaxes.lastRates(order.country, categories);
  return estimateTax(order, rates, room.clock.now());
}

/** What a receipt says of the tax. Fails where it says nothing: then nobody knows. */
export function figuresOfReceipt(
  system: string,
  { externalId, acceptedAt, tax }: DocumentReceipt,
): QuotedTax {
  if (tax !== undefined) return figuresOfQuote(externalId, new Date(acceptedAt), tax);
  throw new ConnectorError('in-doubt', {
    system,
    code: 'CONTRACT_VIOLATION',
    message: `the quote ${externalId} does not say what the tax is`,
  });
}
