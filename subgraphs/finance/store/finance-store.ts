import type { Connection } from 'mongoose';
import { type Accounts, createAccounts } from './accounts.ts';
import { createDocuments, type Documents } from './documents.ts';
import { createOrderTaxes, type OrderTaxes } from './order-taxes.ts';
import { createPayments, type Payments } from './payments.ts';
import { createRefunds, type Refunds } from './refunds.ts';
import { createReturns, type Returns } from './returns.ts';

/** All that finance keeps, on its own database. */
export interface FinanceStore {
  readonly connection: Connection;
  readonly payments: Payments;
  readonly accounts: Accounts;
  readonly refunds: Refunds;
  readonly documents: Documents;
  readonly returns: Returns;
  readonly orderTaxes: OrderTaxes;
}

export function createFinanceStore(connection: Connection): FinanceStore {
  return {
    connection,
    payments: createPayments(connection),
    accounts: createAccounts(connection),
    refunds: createRefunds(connection),
    documents: createDocuments(connection),
    returns: createReturns(connection),
    orderTaxes: createOrderTaxes(connection),
  };
}
