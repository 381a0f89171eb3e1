import { decimal } from '../money.ts';

/** What both sides must agree on about one document. A figure that one side does not tell is null, and not compared. */
export interface Figures {
  /** The system's number of it. */
  readonly number: string | null;
  readonly currencyCode: string | null;
  /** An exact decimal. */
  readonly total: string | null;
  readonly canceled: boolean | null;
  /** Where it stands, in words that both sides are told in. Left out where sides have no such words in common. */
  readonly state?: string | null;
  /** Exact decimals: what was taken of a payment in all, and what was given back of that. */
  readonly captured?: string | null;
  readonly refunded?: string | null;
}

/** One figure on which the two sides differ. */
export interface Difference {
  readonly field: keyof Figures;
  readonly ours: string;
  readonly theirs: string;
}

const FIELDS: readonly (keyof Figures)[] = [
  'number',
  'currencyCode',
  'total',
  'canceled',
  'state',
  'captured',
  'refunded',
];
const AMOUNTS: ReadonlySet<keyof Figures> = new Set(['total', 'captured', 'refunded']);

/** Where the two sides tell different figures, in the order a person would look at them; amounts are compared as numbers. */
export function differencesOf(ours: Figures, theirs: Figures): Difference[] {
  return FIELDS.flatMap((field) => {
    const [our, their] = [ours[field], theirs[field]];
    if (our == null || their == null || sameFigure(field, String(our), String(their))) return [];
    return [{ field, ours: String(our), theirs: String(their) }];
  });
}

function sameFigure(field: keyof Figures, our: string, their: string): boolean {
  return AMOUNTS.has(field) ? decimal(our).eq(decimal(their)) : our === their;
}
