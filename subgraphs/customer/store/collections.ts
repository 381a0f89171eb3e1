import { type Connection, type Model, Schema } from 'mongoose';
import type { Consent } from '../domain/consent.ts';
import type { Customer } from '../domain/customer.ts';
import type { CustomerIdentity } from '../domain/identity.ts';

export interface CustomerRecord extends Omit<Customer, 'id'> {
  _id: string;
  /** Grows with every change of anything of the customer, names and consents included. */
  version: number;
  /** The business time of the ERP's last word; the epoch before its first. */
  sourceAt: Date;
}

/** Kept under its normal spelling: no two customers can have the same. */
export interface IdentityRecord extends CustomerIdentity {
  _id: string;
  customerId: string;
}

export interface ConsentRecord extends Omit<Consent, 'id'> {
  _id: string;
}

export interface Collections {
  readonly customers: Model<CustomerRecord>;
  readonly identities: Model<IdentityRecord>;
  readonly consents: Model<ConsentRecord>;
}

export function createCollections(connection: Connection): Collections {
  const customers = new Schema<CustomerRecord>(
    {
      _id: String,
      code: String,
      givenName: String,
      familyName: String,
      email: String,
      phone: String,
      countryCode: String,
      status: String,
      ownFields: [String],
      version: Number,
      sourceAt: Date,
    },
    { versionKey: false, collection: 'customers' },
  );
  const identities = new Schema<IdentityRecord>(
    {
      _id: String,
      customerId: String,
      type: String,
      value: String,
      sourceSystem: String,
      verifiedAt: Date,
    },
    { versionKey: false, collection: 'identities' },
  );
  identities.index({ customerId: 1 });
  const consents = new Schema<ConsentRecord>(
    {
      _id: String,
      customerId: String,
      purpose: String,
      channel: String,
      state: String,
      recordedAt: Date,
      sourceSystem: String,
      evidence: String,
      jurisdiction: String,
    },
    { versionKey: false, collection: 'consents' },
  );
  consents.index({ customerId: 1, _id: 1 });

  const model = <T>(name: string, schema: Schema<T>): Model<T> =>
    connection.models[name] ?? connection.model<T>(name, schema);
  return {
    customers: model('Customer', customers),
    identities: model('Identity', identities),
    consents: model('Consent', consents),
  };
}

export function customerFrom({
  _id,
  version: _version,
  sourceAt: _sourceAt,
  ...facts
}: CustomerRecord): Customer {
  return { id: _id, ...facts };
}
