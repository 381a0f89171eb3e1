import type { UserErrorValue } from '../../../platform/errors.ts';
import type * as consent from '../domain/consent.ts';
import type * as customer from '../domain/customer.ts';
import type * as identity from '../domain/identity.ts';
import type * as loyalty from '../store/loyalty.ts';

// Each is the parent that the resolvers of the GraphQL type of the same name receive.

export type Customer = customer.Customer;
export type CustomerIdentity = identity.CustomerIdentity;
export type Consent = consent.Consent;
export interface LoyaltyAccount {
  readonly id: string;
  readonly number: string;
  readonly points: number;
  readonly pendingPoints: number;
}
export type LoyaltyTransaction = loyalty.LoyaltyTransaction;
export interface Order {
  readonly id: string;
}
export type CustomerUserError = UserErrorValue;
