import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';
import type { Money } from '../../../platform/money.ts';
import { payable } from './payable.ts';
import { amountInvalid } from './payment.ts';
import type { PaymentRecord } from './payment-record.ts';
import { backingOf, type TenderBacking, type TenderType } from './tender.ts';

/** What was asked for, if it can be: a payable amount on a tender somebody stands behind, by somebody who may say so. */
export function decideAuthorization(request: {
  readonly amount: Money;
  readonly tenderType: TenderType;
  /** Whether the caller is staff: only staff can say that cash was taken or a customer is trusted. */
  readonly staff: boolean;
}): Decision<{ readonly asked: Money; readonly backing: Exclude<TenderBacking, 'none'> }> {
  const { tenderType, staff } = request;
  const backing = backingOf(tenderType);
  const field = ['input', 'tenderType'];
  if (backing === 'none') {
    return refused(userError('TENDER_UNSUPPORTED', `${tenderType} cannot be paid with here.`, { field }));
  }
  if (backing !== 'provider' && !staff)
    return refused(userError('FORBIDDEN', `Only staff can accept ${tenderType}.`, { field }));
  const asked = payable(request.amount);
  if (asked === null) return refused(amountInvalid(['input', 'amount', 'amount']));
  return accepted({ asked, backing });
}

/** What a caller is told about an authorization that is not (yet) good. */
export function authorizationProblems(payment: PaymentRecord, now: Date): UserErrorValue[] {
  if (payment.phase === 'FAILED') return [failure(payment.failureCode)];
  const asking = payment.attemptUntil !== null && payment.attemptUntil > now;
  if (payment.phase === 'IN_DOUBT' || (payment.phase === 'CREATED' && asking)) {
    return [
      userError(
        'PAYMENT_IN_DOUBT',
        'The provider has not said yet whether the money is held. Repeat with the same key, or follow paymentUpdated.',
        { retryable: true },
      ),
    ];
  }
  if (payment.phase !== 'CREATED') return [];
  return [
    userError(
      'PAYMENT_PROVIDER_UNAVAILABLE',
      'The payment provider could not be reached; nothing was held. Repeat with the same key.',
      { retryable: true },
    ),
  ];
}

function failure(code: string | null): UserErrorValue {
  if (code === 'NOT_HELD') {
    return userError(
      'PAYMENT_NOT_HELD',
      'The provider did not answer, and it turned out that nothing was held. Pay again with a new key.',
    );
  }
  return userError('PAYMENT_DECLINED', `The provider declined the payment: ${code ?? 'no reason given'}.`, {
    field: ['input', 'token'],
  });
}
