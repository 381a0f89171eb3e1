import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import { type Directory, MAX_BATCH, manyOf, NotImported, openDirectory } from './directory.ts';
import { type GraphClient, Interrupted } from './graph-client.ts';
import type { MasterData } from './master-data.ts';

const POLL_EVERY_MS = 250;

const variantSchema = z
  .object({
    price: z.object({ list: z.object({ amount: z.string() }) }).nullable(),
    availability: z.object({ status: z.string() }).nullable(),
  })
  .nullable();
const customerSchema = z.object({ id: z.string() }).nullable();

/**
 * Waits until the graph shows all that was loaded: each article with its price and stock, each customer. Answers what is still missing
 * when the time is over (none: all is there), a few by name.
 */
export async function waitUntilVisible(
  client: GraphClient,
  data: MasterData,
  options: {
    clock: Clock;
    timeoutMs: number;
    signal: AbortSignal;
    onVisible: (count: number) => void;
  },
): Promise<{ readonly missing: number; readonly examples: readonly string[] }> {
  const { clock, signal } = options;
  const giveUpMs = clock.now().getTime() + options.timeoutMs;
  const priced = new Set(data.prices.map(({ sku }) => sku));
  const stocked = new Set(data.stockMovements.map(({ sku }) => sku));

  /** Asks until it is answered yes, or until the time is over. */
  async function until(probe: () => Promise<boolean>): Promise<boolean> {
    while (!(await probe())) {
      if (clock.now().getTime() >= giveUpMs) return false;
      await clock.delay(POLL_EVERY_MS, signal);
      if (signal.aborted) throw new Interrupted();
    }
    return true;
  }

  async function allOf(keys: readonly string[], isThere: (keys: readonly string[]) => Promise<boolean[]>) {
    const missing: string[] = [];
    for (let at = 0; at < keys.length; at += MAX_BATCH) {
      let waiting = keys.slice(at, at + MAX_BATCH);
      await until(async () => {
        const there = await isThere(waiting);
        options.onVisible(there.filter(Boolean).length);
        waiting = waiting.filter((_, index) => there[index] !== true);
        return waiting.length === 0;
      });
      missing.push(...waiting);
    }
    return missing;
  }

  let directory: Directory | undefined;
  await until(async () => {
    try {
      directory = await openDirectory(client);
      return true;
    } catch (error) {
      if (error instanceof NotImported) return false;
      throw error;
    }
  });
  if (directory === undefined) return { missing: 1, examples: ['the channel or the location'] };
  const { channelId } = directory;

  const variants = await allOf(
    data.items.map(({ sku }) => sku),
    async (skus) => {
      const query = manyOf(
        'productVariantBySku(sku: $key)',
        'price(channelId: $channelId) { list { amount } } availability(channelId: $channelId) { status }',
        skus.length,
        '$channelId: ID!',
      );
      const answers = await askMany(client, query, skus, { channelId }, variantSchema);
      return skus.map((sku, index) => {
        const variant = answers[index] ?? null;
        if (variant === null || (priced.has(sku) && variant.price === null)) return false;
        const { availability } = variant;
        return !stocked.has(sku) || (availability !== null && availability.status !== 'UNKNOWN');
      });
    },
  );
  const customers = await allOf(
    data.customers.map(({ code }) => code),
    async (codes) => {
      const query = manyOf('customerByIdentity(type: ERP_ACCOUNT, value: $key)', 'id', codes.length);
      const answers = await askMany(client, query, codes, {}, customerSchema);
      return codes.map((_, index) => (answers[index] ?? null) !== null);
    },
  );
  const missing = [...variants, ...customers];
  return { missing: missing.length, examples: missing.slice(0, 5) };
}

/** The answers in the order of the keys. Throws when the graph refuses to answer. */
async function askMany<T>(
  client: GraphClient,
  query: string,
  keys: readonly string[],
  variables: Record<string, unknown>,
  answer: z.ZodType<T>,
): Promise<(T | undefined)[]> {
  const all = { ...variables, ...Object.fromEntries(keys.map((key, index) => [`key${index}`, key])) };
  const decision = await client.ask(query, all, z.record(z.string(), answer));
  if (!decision.ok)
    throw new Error(decision.errors.map(({ code, message }) => `${code}: ${message}`).join('; '));
  return keys.map((_, index) => decision.value[`at${index}`]);
}
