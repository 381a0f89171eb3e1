import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildOfflineOrder } from './build-offline-order.ts';
import { type OfflineSaleInput, readOfflineSale } from './offline-sale.ts';
import type { Order } from './order.ts';
import { orderNumber } from './order-number.ts';
import { sampleArticle, sampleChannel } from './order-sample.ts';
import { priceOrder } from './price-lines.ts';
import { conflictInWords, judgeTicket, ticketOrderId } from './till-ticket.ts';

const NOON = new Date('2026-03-01T12:00:00Z');
const STORE = 'store-1';
const gbp = (amount: string) => ({ amount, currencyCode: 'GBP' });
const LAMP = sampleArticle('LAMP', { price: gbp('12.50') });
const WRAPPING = sampleArticle('WRAPPING', { price: gbp('2.00'), trackInventory: false });

function sale(number: string, more: Partial<OfflineSaleInput> = {}): OfflineSaleInput {
  return {
    registerTransactionId: number,
    occurredAt: '2026-03-01T09:00:00Z',
    lines: [{ variantId: LAMP.id, quantity: { value: '1', unit: 'C62' }, method: 'IN_STORE_CASH_AND_CARRY' }],
    paymentIds: [`cash-${number}`],
    total: gbp('12.50'),
    ...more,
  };
}

const idOf = ({ registerTransactionId }: OfflineSaleInput) =>
  ticketOrderId({ locationId: STORE, registerId: 'R1', transactionId: registerTransactionId });

/** The order of a sale, as it is written when nobody has brought it before. */
function recorded(sold: OfflineSaleInput, intent: string): Order {
  const identity = { subject: 'till', kind: 'user' as const, roles: [], scopes: [], clientId: 'till' };
  const request = readOfflineSale(sold, {
    index: 0,
    locationId: STORE,
    channelId: sampleChannel.id,
    identity,
    now: NOON,
  });
  if (!request.ok) throw new Error(JSON.stringify(request.errors));
  const variants = new Map([LAMP, WRAPPING].map((article) => [article.id, article]));
  const priced = priceOrder(request.value, sampleChannel, variants);
  if (!priced.ok) throw new Error(JSON.stringify(priced.errors));
  let ids = 0;
  return buildOfflineOrder(
    {
      id: idOf(sold),
      number: orderNumber(idOf(sold)),
      request: request.value,
      channel: sampleChannel,
      priced: priced.value,
      lineIds: sold.lines.map((_, index) => `${sold.registerTransactionId}-${index}`),
      placedBy: 'till',
      correlationId: 'correlation-1',
      now: NOON,
      newId: () => {
        ids += 1;
        return `${sold.registerTransactionId}-id-${ids}`;
      },
    },
    {
      locationId: STORE,
      registerId: 'R1',
      transactionId: sold.registerTransactionId,
      paymentIds: sold.paymentIds,
      intent,
    },
  );
}

describe('the order of a ticket', () => {
  it('is done, its goods handed over at the place; services are done without work', () => {
    const lines = [LAMP, WRAPPING].map(({ id }) => ({
      variantId: id,
      quantity: { value: '2', unit: 'C62' },
      method: 'IN_STORE_CASH_AND_CARRY' as const,
    }));
    const order = recorded(sale('1', { lines, total: gbp('29.00') }), 'a');
    expect(order).toMatchObject({
      status: 'COMPLETED',
      placedAt: new Date('2026-03-01T09:00:00Z'),
      subtotal: '29.00',
      lines: [{ fulfilled: 2, claims: [] }, { fulfilled: 2 }],
      work: [{ locationId: STORE, state: 'PICKED_UP', lines: [{ orderLineId: '1-0', quantity: 2 }] }],
    });
    expect(order.events.map(({ type, sourceSystem }) => [type, sourceSystem])).toEqual([
      ['ORDER_CONFIRMED', 'TILL'],
      ['ORDER_HANDED_OVER', 'TILL'],
    ]);
    expect(recorded(sale('2', { lines: lines.slice(1), total: gbp('4.00') }), 'a').work).toEqual([]);
  });
});

describe('a ticket that is sent again', () => {
  const standing = recorded(sale('1'), 'a');

  it('given the same request, is what that request recorded; given another, a duplicate', () => {
    expect(judgeTicket(standing, sale('1'), 'a')).toEqual({ kind: 'RECORDED' });
    expect(judgeTicket(standing, sale('1'), 'b')).toEqual({ kind: 'DUPLICATE' });
  });

  it.each([
    ['the same instant in another spelling', { occurredAt: '2026-03-01T10:00:00+01:00' }],
    ['the same amount in another spelling', { total: gbp('12.500') }],
    ['a payment named twice', { paymentIds: ['cash-1', 'cash-1'] }],
    ['its price said', { lines: sale('1').lines.map((line) => ({ ...line, unitPrice: gbp('12.5') })) }],
  ])('given %s, is the same sale', (_, more) => {
    expect(judgeTicket(standing, sale('1', more), 'b')).toEqual({ kind: 'DUPLICATE' });
  });

  const [line] = sale('1').lines;
  it.each([
    ['occurredAt', { occurredAt: '2026-03-01T09:00:01Z' }],
    ['total', { total: gbp('12.49') }],
    ['total', { total: { amount: '12.50', currencyCode: 'EUR' } }],
    ['paymentIds', { paymentIds: ['cash-2'] }],
    ['paymentIds', { paymentIds: ['cash-1', 'cash-2'] }],
    ['lines', { lines: [] }],
    ['lines', { lines: [line, line].flatMap((one) => one ?? []) }],
    ['lines', { lines: sale('1').lines.map((one) => ({ ...one, variantId: WRAPPING.id })) }],
    ['lines', { lines: sale('1').lines.map((one) => ({ ...one, quantity: { value: '2', unit: 'C62' } })) }],
    ['lines', { lines: sale('1').lines.map((one) => ({ ...one, unitPrice: gbp('12.49') })) }],
  ])('given other %s, is another sale, whoever sends it', (field, more) => {
    for (const intent of ['a', 'b'])
      expect(judgeTicket(standing, sale('1', more), intent)).toEqual({ kind: 'CONFLICT', fields: [field] });
  });

  it('given another sale, is put into words with both sides', () => {
    const words = conflictInWords(standing, sale('1', { total: gbp('3.00'), lines: [] }), ['lines', 'total']);
    expect(words).toContain(`order ${standing.number} of 2026-03-01T09:00:00.000Z has 1 lines for 12.50 GBP`);
    expect(words).toContain('has 0 lines for 3.00 GBP and is not recorded');
  });

  it('given any batches, in any order, overlapping in any way and cut short anywhere, leaves the same orders', () => {
    const sales = Array.from({ length: 8 }, (_, index) => sale(String(index)));
    const batch = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd'),
      sales: fc.subarray(sales),
      upTo: fc.nat(8),
    });
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 12 }), (batches) => {
        const orders = new Map<string, Order>();
        const made = new Map<string, string>();
        const everything = { key: 'z', sales, upTo: sales.length };
        for (const { key, sales: sent, upTo } of [...batches, everything]) {
          for (const sold of sent.slice(0, upTo)) {
            const standing = orders.get(idOf(sold));
            if (standing === undefined) {
              orders.set(idOf(sold), recorded(sold, key));
              made.set(sold.registerTransactionId, key);
            } else {
              const expected = made.get(sold.registerTransactionId) === key ? 'RECORDED' : 'DUPLICATE';
              expect(judgeTicket(standing, sold, key).kind).toBe(expected);
            }
          }
        }
        const contents = ({ ticket: _, ...order }: Order) => order;
        expect(sales.map((sold) => contents(orders.get(idOf(sold)) ?? recorded(sale('none'), '')))).toEqual(
          sales.map((sold) => contents(recorded(sold, ''))),
        );
        expect(orders.size).toBe(sales.length);
        expect(new Set([...orders.values()].map(({ number }) => number)).size).toBe(sales.length);
      }),
    );
  });
});
