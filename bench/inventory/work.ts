import { newId } from '../../platform/ids.ts';
import { PIECE } from '../../platform/quantity.ts';
import { place, variant } from '../../test/inventory/erp-records.ts';
import type { Work } from '../load.ts';
import { skuOf } from './stocked-store.ts';

export const CHANNEL = 'web';

const AVAILABILITY = /* GraphQL */ `
  query Availability($variantIds: [ID!]!, $channelId: ID!) {
    availability(variantIds: $variantIds, channelId: $channelId) {
      status
      availableToPromise { value unit }
      freshness { asOf stalenessMs basis }
    }
  }`;

const RESERVE = /* GraphQL */ `
  mutation Reserve($input: ReserveInventoryInput!) {
    reserveInventory(input: $input) { reservations { id } userErrors { code } }
  }`;

export const ADJUST = /* GraphQL */ `
  mutation Sell($input: AdjustInventoryInput!) {
    adjustInventory(input: $input) { transactions { id } userErrors { code } }
  }`;

export const INGEST = /* GraphQL */ `
  mutation Ingest($input: IngestInventorySnapshotInput!) {
    ingestInventorySnapshot(input: $input) { acceptedRows unchangedRows rejectedRows userErrors { code message } }
  }`;

interface AvailabilityAnswer {
  readonly data?: {
    readonly availability?: readonly {
      readonly status: string;
      readonly availableToPromise: { readonly value: string };
      readonly freshness: { readonly basis: string };
    }[];
  };
  readonly errors?: unknown;
}

/** Asks for so many of the variants, others each time, and believes nothing but whole answers with the basis that is expected. */
export function availabilityOf(options: {
  variants: number;
  among: number;
  basis: 'CACHED' | 'CONFIRMED';
}): Work {
  const { variants, among, basis } = options;
  return async (post) => {
    const from = Math.floor(Math.random() * among);
    const skus = Array.from({ length: variants }, (_, index) => skuOf((from + index) % among));
    const { data, errors } = await askAvailability(post, skus);
    const found = data?.availability ?? [];
    return (
      errors === undefined &&
      found.length === variants &&
      found.every((one) => one.status === 'IN_STOCK' && one.freshness.basis === basis)
    );
  };
}

export function askAvailability(
  post: (body: unknown) => Promise<unknown>,
  skus: readonly string[],
): Promise<AvailabilityAnswer> {
  const variables = { variantIds: skus.map(variant), channelId: CHANNEL };
  // The query says what comes.
  return post({ query: AVAILABILITY, variables }) as Promise<AvailabilityAnswer>;
}

/** Claims one unit of one of so many articles; where from is for the graph to decide. */
export function claimOneOf(skus: number): Work {
  return async (post) => {
    const answer = (await post({
      query: RESERVE,
      variables: {
        input: {
          idempotencyKey: newId(),
          ownerType: 'CART',
          ownerId: newId(),
          channelId: CHANNEL,
          lines: [
            {
              variantId: variant(skuOf(Math.floor(Math.random() * skus))),
              quantity: { value: '1', unit: PIECE },
            },
          ],
        },
      },
    })) as { data?: { reserveInventory?: { reservations: unknown[] } } };
    return answer.data?.reserveInventory?.reservations.length === 1;
  };
}

/** A till books the sale of one unit. */
export async function sellOne(post: (body: unknown) => Promise<unknown>, sku: string): Promise<boolean> {
  const answer = (await post({
    query: ADJUST,
    variables: {
      input: {
        idempotencyKey: newId(),
        locationId: place('DC'),
        reasonCode: 'SOLD',
        changes: [{ variantId: variant(sku), delta: { value: '-1', unit: PIECE } }],
      },
    },
  })) as { data?: { adjustInventory?: { transactions: unknown[] } } };
  return answer.data?.adjustInventory?.transactions.length === 1;
}
