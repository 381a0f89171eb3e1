import type { Identity } from '../../platform/identity/identity.ts';
import { newId } from '../../platform/ids.ts';
import type { Shop } from '../kit/shop.ts';
import { channel, place } from '../kit/shop-records.ts';
import { cashier, gbp, line, ORDER, type OrderAnswer } from './buying.ts';

export interface Submitted {
  readonly accepted: readonly OrderAnswer[];
  readonly duplicates: readonly string[];
  readonly replayed: boolean;
  readonly userErrors: readonly {
    readonly code: string;
    readonly field: string[] | null;
    readonly retryable: boolean;
    readonly rightTotal: { readonly amount: string } | null;
  }[];
}

export const SUBMIT = `mutation ($input: SubmitOfflineSalesInput!) { submitOfflineSales(input: $input) {
  accepted { ${ORDER} } duplicates replayed userErrors { code field retryable rightTotal { amount } } } }`;

export const carriedHome = (sku: string, quantity = 1, more: Record<string, unknown> = {}) =>
  line(sku, quantity, { method: 'IN_STORE_CASH_AND_CARRY', ...more });

/** A register of the store, what it sells without the line, and how it brings that. */
export function tillAt(shop: Shop, registerId = 'R1') {
  const till = {
    /** What was taken, cash when not said, as finance is told of it afterwards. */
    async took(amount: string, tenderType = 'CASH', token = 'till'): Promise<string> {
      const { authorizePayment } = await shop.ask<{
        authorizePayment: { payment: { id: string } | null; userErrors: unknown[] };
      }>(
        'finance',
        'mutation ($input: AuthorizePaymentInput!) { authorizePayment(input: $input) { payment { id } userErrors { code message } } }',
        { input: { idempotencyKey: newId(), amount: gbp(amount), tenderType, token } },
        cashier,
      );
      if (authorizePayment.payment === null) throw new Error(JSON.stringify(authorizePayment.userErrors));
      return authorizePayment.payment.id;
    },
    /** One lamp, an hour ago, unless told otherwise. */
    async sale(number: string, more: Record<string, unknown> = {}) {
      return {
        registerTransactionId: number,
        occurredAt: new Date(Date.now() - 60 * 60_000).toISOString(),
        lines: [carriedHome('LAMP')],
        paymentIds: [await till.took('12.50')],
        total: gbp('12.50'),
        ...more,
      };
    },
    async submit(
      sales: readonly Record<string, unknown>[],
      more: Record<string, unknown> = {},
      identity: Identity = cashier,
      deadlineInMs?: number,
    ): Promise<Submitted> {
      const input = {
        idempotencyKey: newId(),
        channelId: channel('web-uk'),
        locationId: place('STORE'),
        registerId,
        sales,
        ...more,
      };
      const { submitOfflineSales } = await shop.ask<{ submitOfflineSales: Submitted }>(
        'order',
        SUBMIT,
        { input },
        identity,
        deadlineInMs,
      );
      return submitOfflineSales;
    },
  };
  return till;
}
