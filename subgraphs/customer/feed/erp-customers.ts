import { sourceOf } from '../../../connectors/ownership.ts';
import { rawText } from '../../../connectors/parse-record.ts';
import { polledFeed } from '../../../connectors/polled-feed.ts';
import type { Connector } from '../../../connectors/port.ts';
import { createPoller, type Poller } from '../../../platform/feed/poller.ts';
import type { SubgraphDependencies } from '../../../platform/integration.ts';
import type { Collections } from '../store/collections.ts';
import { writeAccounts } from '../store/write-accounts.ts';

/** Customer accounts of the system that owns them, as they change. A name that is already another customer's is set aside for a person to decide. */
export function createErpCustomersFeed(
  dependencies: SubgraphDependencies & {
    readonly erp: Connector;
    readonly otherSystems?: readonly Connector[];
  },
  collections: Collections,
): Poller {
  const { store, clock, logger, integration } = dependencies;
  const source = sourceOf('customers', dependencies.erp, dependencies.otherSystems);
  return createPoller({
    name: `customer/${source.system}/customers`,
    ...polledFeed(source, 'customers', integration),
    clock,
    logger,
    async apply(changes) {
      const page = changes.map(({ record, occurredAt }) => ({
        account: record,
        sourceAt: new Date(occurredAt),
      }));
      const taken = await writeAccounts({ store, collections, system: source.system }, page);
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
