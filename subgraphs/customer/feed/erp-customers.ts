import { rawText } from '../../../connectors/parse-record.ts';
import type { Connector } from '../../../connectors/port.ts';
import { pushedFeed } from '../../../connectors/pushed-feed.ts';
import { createPoller, type Poller } from '../../../platform/feed/poller.ts';
import type { SubgraphDependencies } from '../../../platform/integration.ts';
import type { Collections } from '../store/collections.ts';
import { writeAccounts } from '../store/write-accounts.ts';

/** The ERP's customer accounts, as they change. A name that is already another customer's is set aside for a person to decide. */
export function createErpCustomersFeed(
  dependencies: SubgraphDependencies & { readonly erp: Connector },
  collections: Collections,
): Poller {
  const { erp, store, clock, logger, integration } = dependencies;
  return createPoller({
    name: 'customer/erp/customers',
    system: erp.system,
    pushed: pushedFeed(erp, 'customers', integration.webhooks),
    connection: integration.connection,
    health: integration.health,
    clock,
    logger,
    read: (cursor, options) => erp.readChanges('customers', cursor, options),
    async apply(changes) {
      const page = changes.map(({ record, occurredAt }) => ({
        account: record,
        sourceAt: new Date(occurredAt),
      }));
      const taken = await writeAccounts({ store, collections, system: erp.system }, page);
      return taken.flatMap(({ account, type, field }) => {
        const change = changes.findLast(({ record }) => record.code === account.code);
        if (change === undefined) return [];
        const message = `the ${type} of account ${account.code} is another customer's; the account was taken without it`;
        const rejected = { code: 'IDENTITY_TAKEN', message, field: [field], raw: rawText(account) };
        return [{ eventId: change.eventId, rejected }];
      });
    },
  });
}
