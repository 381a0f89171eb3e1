import type { Route } from '../gateway/http/server.ts';
import type { Clock } from '../platform/clock.ts';
import { createWebhookDoor } from '../platform/inbox/webhook-door.ts';
import type { WebhookInbox } from '../platform/inbox/webhook-inbox.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import type { Systems } from './subgraphs.ts';

/** `POST /webhooks/<system>` for each connected system that pushes. */
export function webhookRoute(options: {
  systems: Systems;
  inbox: WebhookInbox;
  clock: Clock;
  logger: Logger;
}): Route {
  const { systems, ...rest } = options;
  const readers = new Map(
    [systems.erp, systems.payments, systems.warehouse?.connector, systems.carrier?.connector].flatMap(
      (connector) =>
        connector?.webhooks === undefined ? [] : [[connector.system, connector.webhooks.read] as const],
    ),
  );
  return { prefix: '/webhooks', handle: createWebhookDoor({ readers, ...rest }) };
}
