import type { FeedName } from '../../connectors/feeds.ts';
import type { Connector } from '../../connectors/port.ts';
import type { Logger } from '../../platform/telemetry/logger.ts';
import { demoShop, type ShopData } from './shop.ts';

/** Channels and places before what refers to them. */
const ORDER: readonly (keyof ShopData & FeedName)[] = [
  'channels',
  'locations',
  'customers',
  'items',
  'prices',
  'stockMovements',
];
const CHUNK = 500;
const TIMEOUT_MS = 30_000;

/** Loads the demo shop into the ERP. What is there already stays as it is, so it may run at every start. */
export async function loadDemoShop(erp: Connector, logger: Logger): Promise<void> {
  const shop = demoShop();
  for (const feed of ORDER) {
    // What another system owns does not come from here, in the demo as elsewhere.
    if (erp.loadMasterData !== undefined && !erp.capabilities.masterData.includes(feed)) continue;
    const records = shop[feed];
    for (let at = 0; at < records.length; at += CHUNK) {
      const result = await erp.loadMasterData?.(feed, records.slice(at, at + CHUNK), {
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (result === undefined)
        throw new Error(`${erp.connector} cannot be loaded with the demo shop; set DEMO=off`);
      for (const rejected of result.rejected)
        logger.error({ feed, rejected }, 'the ERP did not take a record of the demo shop');
    }
  }
}
