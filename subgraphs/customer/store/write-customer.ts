import type { ClientSession } from 'mongoose';
import type { Consent } from '../domain/consent.ts';
import type { Customer } from '../domain/customer.ts';
import { type CustomerIdentity, identityKey, normalIdentity } from '../domain/identity.ts';
import type { Collections } from './collections.ts';

/** The ERP has not spoken of this customer yet, so its first word is never too old. */
const NOT_YET_TOLD = new Date(0);

/** Writes a customer whole and counts the change, which is what tells subscriptions and caches. */
export async function writeCustomer(
  { customers }: Collections,
  { id, ...facts }: Customer,
  session: ClientSession,
): Promise<void> {
  await customers.updateOne(
    { _id: id },
    { $set: facts, $inc: { version: 1 }, $setOnInsert: { sourceAt: NOT_YET_TOLD } },
    { upsert: true, session },
  );
}

/** Counts a change of something that is kept beside the customer, which is what tells subscriptions. */
export async function touchCustomer(
  { customers }: Collections,
  id: string,
  session: ClientSession,
): Promise<void> {
  await customers.updateOne({ _id: id }, { $inc: { version: 1 } }, { session });
}

/**
 * Gives a customer a name. `taken`: it is another customer's. `had`: it was this customer's before. Two that want one name at the
 * same time meet at its key: one commits, the other's transaction runs again and finds it taken.
 */
export async function claimIdentity(
  { identities }: Collections,
  customerId: string,
  identity: CustomerIdentity,
  session: ClientSession,
): Promise<'claimed' | 'had' | 'taken'> {
  const key = keyOf(identity);
  const owner = await identities
    .findById(key, { customerId: 1 })
    .session(session)
    .lean<{ customerId: string }>();
  if (owner !== null) return owner.customerId === customerId ? 'had' : 'taken';
  await identities.create([{ _id: key, customerId, ...identity }], { session });
  return 'claimed';
}

/** Takes a name from a customer, if it is theirs. */
export async function giveUpIdentity(
  { identities }: Collections,
  customerId: string,
  identity: Pick<CustomerIdentity, 'type' | 'value'>,
  session: ClientSession,
): Promise<void> {
  await identities.deleteOne({ _id: keyOf(identity), customerId }, { session });
}

export async function addConsent(
  { consents }: Collections,
  { id, ...facts }: Consent,
  session: ClientSession,
): Promise<void> {
  await consents.create([{ _id: id, ...facts }], { session });
}

/** A name that cannot be brought into a normal spelling is kept as it is: an ERP's phone number without a country code, say. */
function keyOf({ type, value }: Pick<CustomerIdentity, 'type' | 'value'>): string {
  return identityKey(type, normalIdentity(type, value) ?? value);
}
