/** Where everything of the file is kept in the graph. */
export const CHANNEL_CODE = 'uci-gb';
export const LOCATION_CODE = 'UCI-DC';
export const CURRENCY = 'GBP';
export const TIME_ZONE = 'Europe/London';

/** The account code of a customer number of the file. */
export function customerCode(number: string): string {
  return `UCI-${number}`;
}

/** Stock codes that are the company's own money and no sale: each with the ledger account it is posted to. */
const FEE_ACCOUNTS: ReadonlyMap<string, string> = new Map([
  ['AMAZONFEE', '7610-marketplace-fees'],
  ['BANK CHARGES', '7620-bank-charges'],
  ['CRUK', '7630-charity-commission'],
  ['B', '7640-bad-debt'],
]);

/** The other side of every fee. */
export const BANK_ACCOUNT = '1200-bank';

/** The ledger account of a fee code, or undefined for everything that is sold. */
export function feeAccount(sku: string): string | undefined {
  return FEE_ACCOUNTS.get(sku);
}

/** Postage, web postage, carriage, manual lines, discounts, samples, and pads that are sold by the penny. */
const SERVICE_CODES: ReadonlySet<string> = new Set(['POST', 'DOT', 'C2', 'M', 'D', 'S', 'PADS']);
/** Gift vouchers, and marketplace items that were never in the warehouse. */
const SERVICE_PREFIXES = ['GIFT_', 'DCGS'];

/** Whether a stock code is a service: sold and credited like goods, but not kept in stock. */
export function isService(sku: string): boolean {
  return SERVICE_CODES.has(sku) || SERVICE_PREFIXES.some((prefix) => sku.startsWith(prefix));
}

/** Words of a stock move's description and the reason they stand for; the first that fits counts. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/thrown?[ -]?away|destroyed|unsaleable|can't sell/, 'THROWN_AWAY'],
  [/da[mg]a?[mg]e|smashed|crushed|broken|break|wet|rust|mould|crack|faulty|smudge/, 'DAMAGED'],
  [/found|put aside/, 'FOUND'],
  [/missing|lost|mia\b|can't find/, 'MISSING'],
  [/check|count/, 'COUNT'],
  [/sample|display|showroom|given away/, 'SAMPLE'],
  [/wrong|barcode|mix|coded|marked|mrked|incorrect/, 'MISLABELED'],
  [/amazon|dotcom|ebay|fba|online|website|sold as|sold in/, 'OTHER_CHANNEL'],
  [/adjust|reverse|test/, 'CORRECTION'],
];

/** Why stock was written up or down, from the free text of the line; `OTHER` where it says nothing we know. */
export function reasonCode(description: string): string {
  const text = description.toLowerCase();
  return REASONS.find(([words]) => words.test(text))?.[1] ?? 'OTHER';
}
