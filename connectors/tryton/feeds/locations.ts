import { z } from 'zod';
import type { TrytonFeed } from '../read-feed.ts';
import { lastWrite, writtenAt } from '../wire.ts';

const warehouseRow = z.object({
  id: z.number().int(),
  code: z.string().nullable(),
  name: z.string(),
  ...writtenAt,
});
const companyRow = z.object({ timezone: z.string().nullable() });

/** Where a company says no time zone. */
const DEFAULT_TIME_ZONE = 'UTC';

/** Every warehouse is a place, by its code; its zones and shelves are the ERP's own affair. `storeCodes` says which of them people can walk into. */
export function locations(storeCodes: ReadonlySet<string>): TrytonFeed {
  return {
    sources: [{ model: 'stock.location', domain: [['type', '=', 'warehouse']] }],
    async read(calls, ids) {
      const company = await calls.company();
      const [warehouses, [owner]] = await Promise.all([
        calls.search(
          'stock.location',
          [['id', 'in', ids]],
          warehouseRow,
          ['code', 'name', 'write_date', 'create_date'],
          { context: { active_test: false } },
        ),
        calls.search('company.company', [['id', '=', company]], companyRow, ['timezone']),
      ]);
      return new Map(
        warehouses.map((warehouse) => {
          const isStore = warehouse.code !== null && storeCodes.has(warehouse.code);
          const raw = {
            code: warehouse.code ?? undefined,
            name: warehouse.name,
            kind: isStore ? 'STORE' : 'DISTRIBUTION_CENTER',
            capabilities: isStore ? ['PICKUP', 'RETURN', 'SHIP_FROM_STORE'] : ['SHIP', 'RETURN'],
            timeZone: owner?.timezone ?? DEFAULT_TIME_ZONE,
          };
          const entries = [{ key: `warehouse-${warehouse.id}`, raw }];
          return [warehouse.id, { at: lastWrite(warehouse), entries }];
        }),
      );
    },
  };
}
