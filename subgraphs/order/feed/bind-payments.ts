import { accepted, type Decision, refused } from '../../../platform/errors.ts';
import { type Caller, serviceIdentity } from '../../../platform/identity/identity.ts';
import { deriveKey } from '../../../platform/ids.ts';
import type { Money } from '../../../platform/money.ts';
import type { OrderUserErrorValue } from '../domain/price-lines.ts';
import type { TaxableOrder } from '../domain/taxable.ts';
import type { Siblings } from '../room.ts';

const OPEN = {
  name: 'OrderOpenAccount',
  document: /* GraphQL */ `
    mutation OrderOpenAccount($input: OpenOrderAccountInput!) {
      openOrderAccount(input: $input) { userErrors { code message field retryable } }
    }`,
};

const CLOSE = {
  name: 'OrderCloseAccount',
  document: /* GraphQL */ `
    mutation OrderCloseAccount($input: CloseOrderAccountInput!) {
      closeOrderAccount(input: $input) { userErrors { code message field retryable } }
    }`,
};

export interface AccountRequest {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly customerId: string | null;
  readonly total: Money;
  readonly paymentIds: readonly string[];
  /** Null: it cannot be taxed, and shows no tax. */
  readonly taxable: TaxableOrder | null;
}

/** Binds payments to the order that is about to be written, if they cover it. Finance answers by what it holds, so repeating is harmless. */
export async function bindPayments(
  finance: Siblings['finance'],
  request: AccountRequest,
  caller: Caller,
): Promise<Decision<null, OrderUserErrorValue>> {
  const input = { idempotencyKey: deriveKey(request.orderId, 'account'), ...request };
  const { openOrderAccount } = await finance.ask<{
    openOrderAccount: { userErrors: readonly OrderUserErrorValue[] };
  }>(OPEN, { input }, asRoom(caller));
  return openOrderAccount.userErrors.length === 0 ? accepted(null) : refused(...openOrderAccount.userErrors);
}

/** Lets the payments go again. */
export async function unbindPayments(
  finance: Siblings['finance'],
  orderId: string,
  caller: Caller,
): Promise<void> {
  await finance.ask(
    CLOSE,
    { input: { idempotencyKey: deriveKey(orderId, 'close-account'), orderId } },
    asRoom(caller),
  );
}

function asRoom(caller: Caller): Caller {
  return { ...caller, identity: serviceIdentity('order') };
}
