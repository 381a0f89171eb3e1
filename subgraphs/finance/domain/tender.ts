export type TenderType =
  | 'CARD'
  | 'CASH'
  | 'GIFT_CARD'
  | 'STORE_CREDIT'
  | 'BANK_TRANSFER'
  | 'WALLET'
  | 'BUY_NOW_PAY_LATER'
  | 'LOYALTY_POINTS'
  | 'ON_ACCOUNT'
  | 'CHECK';

/**
 * Who says that the money is there. `provider`: the payment provider holds it. `till`: a member of staff took it, so it counts as
 * captured at once. `credit`: a member of staff trusts the customer; we hold the promise ourselves. `none`: not supported.
 */
export type TenderBacking = 'provider' | 'till' | 'credit' | 'none';

const BACKING: Readonly<Record<TenderType, TenderBacking>> = {
  CARD: 'provider',
  WALLET: 'provider',
  BUY_NOW_PAY_LATER: 'provider',
  CASH: 'till',
  BANK_TRANSFER: 'credit',
  ON_ACCOUNT: 'credit',
  GIFT_CARD: 'none',
  STORE_CREDIT: 'none',
  LOYALTY_POINTS: 'none',
  CHECK: 'none',
};

export function backingOf(tender: TenderType): TenderBacking {
  return BACKING[tender];
}
