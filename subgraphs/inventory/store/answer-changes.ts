import type { Change } from '../../../platform/store/change-tail.ts';
import type { ItemRecord, LevelRecord, SupplyRecord } from './records.ts';

/** What may make an answer about availability another one. */
export type AnswerChange =
  /** Stock of a variant at a place. */
  | { readonly what: 'level'; readonly variantId: string; readonly locationId: string }
  /** Goods that are expected there; they came, are more or fewer than was said, or come at another time. */
  | { readonly what: 'supply'; readonly variantId: string; readonly locationId: string }
  /** Whether a variant is counted, and in what. */
  | { readonly what: 'item'; readonly variantId: string }
  /** Places that cannot be reached any more, or can again. It is a matter of time and no change in the store. */
  | { readonly what: 'places'; readonly locationIds: ReadonlySet<string> }
  /** One subscription's own: look whether the answers are still those that were told. */
  | { readonly what: 'look'; readonly subscription: symbol };

/** Names of the collections whose changes matter to answers. */
export interface StockCollections {
  readonly levels: string;
  readonly supplies: string;
  readonly items: string;
}

/** What a change in the store may mean to answers; null: nothing. */
export function answerChangeOf(
  { collection, document }: Change<unknown>,
  names: StockCollections,
): AnswerChange | null {
  // Which collection a change is of says which document it carries; one that is gone is a repair by hand, after which all is read anew.
  if (document === null) return null;
  switch (collection) {
    case names.levels: {
      const { variantId, locationId } = document as LevelRecord;
      return { what: 'level', variantId, locationId };
    }
    case names.supplies: {
      const { variantId, locationId } = document as SupplyRecord;
      return { what: 'supply', variantId, locationId };
    }
    case names.items:
      return { what: 'item', variantId: (document as ItemRecord)._id };
    default:
      return null;
  }
}
