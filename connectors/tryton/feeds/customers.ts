import { z } from 'zod';
import type { TrytonFeed } from '../read-feed.ts';
import { lastWrite, writtenAt } from '../wire.ts';

const partyRow = z.object({
  id: z.number().int(),
  code: z.string(),
  name: z.string().nullable(),
  email: z.string().nullish(),
  phone: z.string().nullish(),
  mobile: z.string().nullish(),
  tax_identifier: z.number().int().nullable(),
  ...writtenAt,
});
const PARTY_FIELDS = [
  'code',
  'name',
  'email',
  'phone',
  'mobile',
  'tax_identifier',
  'write_date',
  'create_date',
];
const addressRow = z.object({
  party: z.number().int(),
  'country.': z.object({ code: z.string() }).nullish(),
});

/**
 * Every party is an account, by its code. Tryton keeps one name: that of a party with a tax number is a company's, any other is handed on whole as
 * the family name, because nobody can tell where a person's name divides.
 */
export const customers: TrytonFeed = {
  sources: [
    { model: 'party.party' },
    { model: 'party.address', records: 'party' },
    { model: 'party.contact_mechanism', records: 'party' },
  ],
  async read(calls, ids) {
    const [parties, addresses] = await Promise.all([
      calls.search('party.party', [['id', 'in', ids]], partyRow, PARTY_FIELDS, {
        context: { active_test: false },
      }),
      calls.search(
        'party.address',
        [
          ['party', 'in', ids],
          ['country', '!=', null],
        ],
        addressRow,
        ['party', 'country.code'],
        { order: [['id', 'DESC']] },
      ),
    ]);
    // Read last to first: the first address of each is the one that stays.
    const countries = new Map(addresses.map((address) => [address.party, address['country.']?.code]));
    return new Map(
      parties.map((party) => {
        const name = party.name || undefined;
        const raw = {
          code: party.code,
          ...(party.tax_identifier === null ? { familyName: name } : { companyName: name }),
          email: party.email || undefined,
          phone: party.phone || party.mobile || undefined,
          countryCode: countries.get(party.id),
        };
        return [party.id, { at: lastWrite(party), entries: [{ key: `party-${party.id}`, raw }] }];
      }),
    );
  },
};
