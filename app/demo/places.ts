import type { ChannelRecord } from '../../connectors/canonical/channel.ts';
import type { CustomerRecord } from '../../connectors/canonical/customer.ts';
import type { LocationRecord } from '../../connectors/canonical/location.ts';

export const CHANNELS: readonly ChannelRecord[] = [
  {
    code: 'web-uk',
    name: 'Web shop United Kingdom',
    market: 'GB',
    defaultCurrency: 'GBP',
    priceIncludesTax: true,
  },
  { code: 'web-eu', name: 'Web shop Europe', market: 'NL', defaultCurrency: 'EUR', priceIncludesTax: true },
  {
    code: 'pos-uk',
    name: 'Tills United Kingdom',
    market: 'GB',
    defaultCurrency: 'GBP',
    priceIncludesTax: true,
  },
];

/** Two distribution centres and six stores. */
export const LOCATIONS: readonly LocationRecord[] = [
  {
    code: 'DC-LEEDS',
    name: 'Distribution centre Leeds',
    kind: 'DISTRIBUTION_CENTER',
    capabilities: ['SHIP', 'RETURN', 'TRANSFER'],
    timeZone: 'Europe/London',
    lat: 53.7997,
    lon: -1.5492,
  },
  {
    code: 'DC-VENLO',
    name: 'Distribution centre Venlo',
    kind: 'DISTRIBUTION_CENTER',
    capabilities: ['SHIP', 'RETURN', 'TRANSFER'],
    timeZone: 'Europe/Amsterdam',
    lat: 51.3704,
    lon: 6.1724,
  },
  {
    code: 'ST-LONDON',
    name: 'Store London Covent Garden',
    kind: 'STORE',
    capabilities: ['PICKUP', 'RETURN', 'SHIP_FROM_STORE'],
    timeZone: 'Europe/London',
    lat: 51.5129,
    lon: -0.1243,
  },
  {
    code: 'ST-BRISTOL',
    name: 'Store Bristol Harbourside',
    kind: 'STORE',
    capabilities: ['PICKUP', 'RETURN', 'SHIP_FROM_STORE'],
    timeZone: 'Europe/London',
    lat: 51.4504,
    lon: -2.5985,
  },
  {
    code: 'ST-EDINBURGH',
    name: 'Store Edinburgh',
    kind: 'STORE',
    capabilities: ['PICKUP', 'RETURN'],
    timeZone: 'Europe/London',
    lat: 55.9533,
    lon: -3.1883,
  },
  {
    code: 'ST-DUBLIN',
    name: 'Store Dublin',
    kind: 'STORE',
    capabilities: ['PICKUP', 'RETURN'],
    timeZone: 'Europe/Dublin',
    lat: 53.3498,
    lon: -6.2603,
  },
  {
    code: 'ST-UTRECHT',
    name: 'Store Utrecht',
    kind: 'STORE',
    capabilities: ['PICKUP', 'RETURN', 'SHIP_FROM_STORE'],
    timeZone: 'Europe/Amsterdam',
    lat: 52.0907,
    lon: 5.1214,
  },
  {
    code: 'ST-HAMBURG',
    name: 'Store Hamburg',
    kind: 'STORE',
    capabilities: ['PICKUP', 'RETURN'],
    timeZone: 'Europe/Berlin',
    lat: 53.5511,
    lon: 9.9937,
  },
];

const NAMES = [
  ['Ada', 'Whitfield'],
  ['Ben', 'Okafor'],
  ['Carys', 'Morgan'],
  ['Daan', 'Visser'],
  ['Elin', 'Sandberg'],
  ['Farid', 'Haddad'],
  ['Grace', 'Mensah'],
  ['Hugo', 'Lindner'],
  ['Isla', 'Fraser'],
  ['Jonas', 'Weber'],
  ['Kirsty', 'Boyle'],
  ['Luca', 'Moretti'],
  ['Maeve', 'Doyle'],
  ['Noah', 'de Boer'],
  ['Orla', 'Keane'],
  ['Priya', 'Raman'],
  ['Quinn', 'Hartley'],
  ['Rosa', 'Navarro'],
  ['Sofie', 'Jansen'],
  ['Tomasz', 'Zielinski'],
] as const;

/** Twenty customers nobody is; their addresses end in a domain that is reserved for examples. */
export const CUSTOMERS: readonly CustomerRecord[] = NAMES.map(([givenName, familyName], index) => ({
  code: `C-${1001 + index}`,
  givenName,
  familyName,
  email: `${givenName}.${familyName.replaceAll(' ', '')}@example.org`.toLowerCase(),
  countryCode: ['GB', 'GB', 'IE', 'NL', 'DE'][index % 5] ?? 'GB',
  loyaltyNumber: `LOY${String(70001 + index)}`,
}));
