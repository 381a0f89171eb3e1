import DataLoader from 'dataloader';
import { z } from 'zod';
import { accepted, type Decision, refused, userError } from '../../platform/errors.ts';
import { CHANNEL_CODE, customerCode, LOCATION_CODE } from './codes.ts';
import type { GraphClient } from './graph-client.ts';

export interface Variant {
  readonly id: string;
  readonly trackInventory: boolean;
  readonly baseUnit: string;
}

/** The names under which the graph knows what the file names; each is asked for once. */
export interface Directory {
  readonly channelId: string;
  readonly locationId: string;
  /** In the order asked; the first one that is unknown refuses. */
  variants(skus: readonly string[]): Promise<Decision<readonly Variant[]>>;
  /** Null for a guest. */
  customer(number: string | null): Promise<Decision<string | null>>;
}

/** The file has not been imported, or not into this graph. */
export class NotImported extends Error {
  constructor(what: string) {
    super(`the graph knows no ${what}; run the import of this file first`);
    this.name = 'NotImported';
  }
}

/** Questions in one request; the gateway answers up to 20 root fields. */
export const MAX_BATCH = 20;
const LOCATION_PAGE = 100;

const variantSchema = z.object({ id: z.string(), trackInventory: z.boolean(), baseUnit: z.string() });
const customerSchema = z.object({ id: z.string() });

/** Looks up channel and location at once. Rejects with `NotImported` when the graph has not got them. */
export async function openDirectory(client: GraphClient): Promise<Directory> {
  const [channelId, locationId] = await Promise.all([findChannel(client), findLocation(client)]);
  const variants = rememberedBy(client, {
    field: 'productVariantBySku(sku: $key)',
    selection: 'id trackInventory baseUnit',
    answer: variantSchema,
  });
  const customers = rememberedBy(client, {
    field: 'customerByIdentity(type: ERP_ACCOUNT, value: $key)',
    selection: 'id',
    answer: customerSchema,
  });
  return {
    channelId,
    locationId,
    async variants(skus) {
      const found = await Promise.all(skus.map((sku) => variants.load(sku)));
      const known: Variant[] = [];
      for (const [index, answer] of found.entries()) {
        if (!answer.ok) return answer;
        if (answer.value === null)
          return refused(
            userError('VARIANT_UNKNOWN', `The graph knows no article ${skus[index]}.`, {
              field: ['StockCode'],
            }),
          );
        known.push(answer.value);
      }
      return accepted(known);
    },
    async customer(number) {
      if (number === null) return accepted(null);
      const code = customerCode(number);
      const answer = await customers.load(code);
      if (!answer.ok) return answer;
      if (answer.value === null)
        return refused(
          userError('CUSTOMER_UNKNOWN', `The graph knows no customer ${code}.`, { field: ['CustomerID'] }),
        );
      return accepted(answer.value.id);
    },
  };
}

/** One question for many keys: asked together, remembered for the whole run unless the graph refused to answer. */
function rememberedBy<T>(
  client: GraphClient,
  { field, selection, answer }: { field: string; selection: string; answer: z.ZodType<T> },
): DataLoader<string, Decision<T | null>> {
  const loader: DataLoader<string, Decision<T | null>> = new DataLoader(
    async (keys) => {
      const decision = await client.ask(
        manyOf(field, selection, keys.length),
        Object.fromEntries(keys.map((key, index) => [`key${index}`, key])),
        z.record(z.string(), answer.nullable()),
      );
      if (!decision.ok) for (const key of keys) loader.clear(key);
      return keys.map((_, index) =>
        decision.ok ? accepted(decision.value[`at${index}`] ?? null) : decision,
      );
    },
    { maxBatchSize: MAX_BATCH },
  );
  return loader;
}

/** A query that asks one field for several keys, as `at0`, `at1`, ... from `$key0`, `$key1`, ... */
export function manyOf(field: string, selection: string, count: number, alsoVariables = ''): string {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const variables = indexes.map((index) => `$key${index}: String!`).join(', ');
  const fields = indexes.map(
    (index) => `at${index}: ${field.replace('$key', `$key${index}`)} { ${selection} }`,
  );
  return `query (${variables} ${alsoVariables}) { ${fields.join(' ')} }`;
}

async function findChannel(client: GraphClient): Promise<string> {
  const answer = await client.ask(
    'query ($code: String!) { channelByCode(code: $code) { id } }',
    { code: CHANNEL_CODE },
    z.object({ channelByCode: z.object({ id: z.string() }).nullable() }),
  );
  const channel = required(answer).channelByCode;
  if (channel === null) throw new NotImported(`channel ${CHANNEL_CODE}`);
  return channel.id;
}

const LOCATIONS = `query ($first: Int!, $after: String) {
  locations(first: $first, after: $after) { edges { node { id code } } pageInfo { hasNextPage endCursor } }
}`;
const locationsSchema = z.object({
  locations: z.object({
    edges: z.array(z.object({ node: z.object({ id: z.string(), code: z.string() }) })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

async function findLocation(client: GraphClient): Promise<string> {
  let after: string | null = null;
  do {
    const { edges, pageInfo } = await locationsAfter(client, after);
    const found = edges.find(({ node }) => node.code === LOCATION_CODE);
    if (found !== undefined) return found.node.id;
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  throw new NotImported(`location ${LOCATION_CODE}`);
}

async function locationsAfter(client: GraphClient, after: string | null) {
  const answer = await client.ask(LOCATIONS, { first: LOCATION_PAGE, after }, locationsSchema);
  return required(answer).locations;
}

function required<T>(decision: Decision<T>): T {
  if (decision.ok) return decision.value;
  throw new Error(decision.errors.map(({ code, message }) => `${code}: ${message}`).join('; '));
}
