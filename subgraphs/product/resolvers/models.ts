import type { UserErrorValue } from '../../../platform/errors.ts';
import type * as article from '../domain/article.ts';
import type { PriceRow } from '../domain/price.ts';

// Each is the parent that the resolvers of the GraphQL type of the same name receive.

export type Product = article.Product;
export type ProductVariant = article.Variant;
export type UnitConversion = article.UnitConversion;
export type Channel = article.Channel;
export type Category = article.Category;

export type ProductUserError = UserErrorValue;

export interface Price {
  readonly row: PriceRow;
  /** The moment up to which the ERP is known to have said nothing else. */
  readonly asOf: Date;
}
