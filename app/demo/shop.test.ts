import { describe, expect, it } from 'vitest';
import { FEED_SCHEMAS, type FeedName } from '../../connectors/feeds.ts';
import { demoShop } from './shop.ts';

describe('the demo shop', () => {
  const shop = demoShop();

  it('has about 200 variants and 8 locations, and is the same every time', () => {
    expect(shop.items.filter((item) => item.trackInventory)).toHaveLength(200);
    expect(new Set(shop.items.map((item) => item.sku)).size).toBe(201);
    expect(shop.locations).toHaveLength(8);
    expect(demoShop()).toEqual(shop);
  });

  it('is good input for the connector in every record', () => {
    for (const [feed, records] of Object.entries(shop)) {
      const schema = FEED_SCHEMAS[feed as FeedName];
      for (const record of records) expect(schema.safeParse(record).error?.issues ?? []).toEqual([]);
    }
  });

  it('prices every article in every channel', () => {
    expect(shop.prices).toHaveLength(201 * 3);
  });
});
