import type { CustomerRecord as Account } from '../../../connectors/canonical/customer.ts';
import type { Store } from '../../../platform/store/store.ts';
import { customerIdOf, customerOf, namesOf } from '../domain/account.ts';
import type { Customer } from '../domain/customer.ts';
import { type IdentityType, identityKey, normalIdentity } from '../domain/identity.ts';
import { type Collections, type CustomerRecord, customerFrom, type IdentityRecord } from './collections.ts';

export interface DatedAccount {
  readonly account: Account;
  readonly sourceAt: Date;
}

/** A name that an account brings and that is another customer's. */
export interface TakenName {
  readonly account: Account;
  readonly type: IdentityType;
  readonly field: string;
}

/**
 * Writes a page of the ERP's accounts in one transaction, and their names. A name that belongs to another customer is left there and
 * answered; the account itself goes in, so that orders find it by its number. Writing a page again changes nothing.
 */
export async function writeAccounts(
  options: { readonly store: Store; readonly collections: Collections; readonly system: string },
  page: readonly DatedAccount[],
): Promise<readonly TakenName[]> {
  const { customers, identities } = options.collections;
  const last = new Map(page.map((dated) => [customerIdOf(dated.account), dated]));
  const ids = [...last.keys()];

  return options.store.transaction(async (session) => {
    const known = await customers
      .find({ _id: { $in: ids } })
      .session(session)
      .lean<CustomerRecord[]>();
    const records = new Map(known.map((record) => [record._id, record]));
    const current = [...last.values()].filter(({ account, sourceAt }) => {
      const record = records.get(customerIdOf(account));
      return record === undefined || record.sourceAt <= sourceAt;
    });
    const accounts = current.map(({ account, sourceAt }) => {
      const record = records.get(customerIdOf(account));
      const before = record === undefined ? null : customerFrom(record);
      const customer = customerOf(account, before);
      // The same account told again later counts: a change between the two that arrives last is then known to be over.
      const newer = record === undefined || record.sourceAt < sourceAt;
      return { account, sourceAt, before, customer, newer, names: keyed(account, customer) };
    });
    const keys = accounts.flatMap(({ names }) => names.map(({ key }) => key));
    const there = await identities
      .find({ $or: [{ _id: { $in: keys } }, { customerId: { $in: ids }, sourceSystem: options.system }] })
      .session(session)
      .lean<IdentityRecord[]>();
    const callsItself = new Map(
      accounts.map(({ customer, names }) => [customer.id, new Set(names.map(({ key }) => key))]),
    );
    // What the ERP called an account before and no longer does is free for others, of the same page too.
    const over = there.filter(
      ({ _id, customerId, sourceSystem }) =>
        sourceSystem === options.system && callsItself.get(customerId)?.has(_id) === false,
    );
    const touched = new Set(over.map(({ customerId }) => customerId));
    const owners = new Map(
      there.filter((record) => !over.includes(record)).map((record) => [record._id, record.customerId]),
    );
    const taken: TakenName[] = [];
    const claims: IdentityRecord[] = [];
    for (const { account, customer, names, sourceAt } of accounts) {
      for (const { key, type, value, field } of names) {
        const owner = owners.get(key);
        if (owner === customer.id) continue;
        if (owner !== undefined) {
          taken.push({ account, type, field });
          continue;
        }
        owners.set(key, customer.id);
        touched.add(customer.id);
        const verifiedAt = type === 'ERP_ACCOUNT' ? sourceAt : null;
        claims.push({
          _id: key,
          customerId: customer.id,
          type,
          value,
          sourceSystem: options.system,
          verifiedAt,
        });
      }
    }

    if (over.length > 0)
      await identities.deleteMany({ _id: { $in: over.map(({ _id }) => _id) } }, { session });
    if (claims.length > 0) await identities.insertMany(claims, { session });
    const changed = accounts.filter(
      ({ before, customer, newer }) =>
        before === null || newer || touched.has(customer.id) || !same(before, customer),
    );
    if (changed.length > 0)
      await customers.bulkWrite(
        changed.map(({ customer: { id, ...facts }, sourceAt }) => {
          const update = { $set: { ...facts, sourceAt }, $inc: { version: 1 } };
          return { updateOne: { filter: { _id: id }, update, upsert: true } };
        }),
        { session },
      );
    return taken;
  });
}

function keyed(account: Account, customer: Customer) {
  return namesOf(account, customer).map((name) => ({
    ...name,
    key: identityKey(name.type, normalIdentity(name.type, name.value) ?? name.value),
  }));
}

function same(before: Customer, customer: Customer): boolean {
  return Object.entries(customer).every(
    ([name, value]) => JSON.stringify(Reflect.get(before, name)) === JSON.stringify(value),
  );
}
