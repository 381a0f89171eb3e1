import {
  addMoney,
  compareMoney,
  decimal,
  type Money,
  money,
  subtractMoney,
  zero,
} from '../../../platform/money.ts';

/** How many points a whole unit of an order's currency brings. */
export interface LoyaltyRules {
  readonly pointsPerUnit: number;
}

/** One point for each whole unit: 25 for 25.80. */
export const DEFAULT_LOYALTY_RULES: LoyaltyRules = { pointsPerUnit: 1 };

/** What loyalty knows of an order of a customer who takes part. */
export interface LoyaltyOrder {
  readonly _id: string;
  readonly customerId: string;
  readonly total: Money;
  /** Of the total, what the customer has. */
  readonly delivered: Money;
  /** Of the total, what nobody will have: canceled, or not collected. */
  readonly gone: Money;
  /** Of what was delivered, what was credited. */
  readonly returned: Money;
  readonly version: number;
}

/** Something that happened to an order, as far as points follow from it. */
export type LoyaltyFact =
  | { readonly type: 'DELIVERED'; readonly amount: Money; readonly isLast: boolean }
  | { readonly type: 'UNCOLLECTED'; readonly amount: Money; readonly isLast: boolean }
  | { readonly type: 'CANCELED' }
  | { readonly type: 'RETURNED'; readonly amount: Money };

/** Points an order brings: those that can be spent, and those that wait for its goods to be delivered. */
export interface OrderPoints {
  readonly spendable: number;
  readonly pending: number;
}

export function newLoyaltyOrder(orderId: string, customerId: string, total: Money): LoyaltyOrder {
  const none = money(zero, total.currencyCode);
  return { _id: orderId, customerId, total, delivered: none, gone: none, returned: none, version: 1 };
}

/** The order after a fact. With the last of its work, all that is not gone counts as delivered, services included. */
export function evolveLoyalty(order: LoyaltyOrder, fact: LoyaltyFact): LoyaltyOrder {
  switch (fact.type) {
    case 'DELIVERED': {
      const delivered = addMoney(order.delivered, fact.amount);
      return settled({ ...order, delivered: least(delivered, left(order)) }, fact.isLast);
    }
    case 'UNCOLLECTED': {
      const gone = least(addMoney(order.gone, fact.amount), subtractMoney(order.total, order.delivered));
      return settled({ ...order, gone }, fact.isLast);
    }
    case 'CANCELED':
      return { ...order, delivered: order.returned, gone: subtractMoney(order.total, order.returned) };
    case 'RETURNED':
      return { ...order, returned: least(addMoney(order.returned, fact.amount), order.delivered) };
  }
}

/** What the order brings as it stands. Each sum is rounded down once, so that its parts never bring more than the whole. */
export function pointsOf(order: LoyaltyOrder, rules: LoyaltyRules): OrderPoints {
  const all = points(subtractMoney(left(order), order.returned), rules);
  const spendable = points(subtractMoney(order.delivered, order.returned), rules);
  return { spendable, pending: all - spendable };
}

function settled(order: LoyaltyOrder, isLast: boolean): LoyaltyOrder {
  return isLast ? { ...order, delivered: left(order) } : order;
}

function left({ total, gone }: LoyaltyOrder): Money {
  return subtractMoney(total, gone);
}

function least(one: Money, other: Money): Money {
  return compareMoney(one, other) <= 0 ? one : other;
}

function points({ amount }: Money, { pointsPerUnit }: LoyaltyRules): number {
  // Round mode 0 is downwards.
  return Number(
    decimal(amount)
      .times(decimal(String(pointsPerUnit)))
      .round(0, 0)
      .toFixed(),
  );
}
