import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Systems } from '../../app/subgraphs.ts';
import { webhookRoute } from '../../app/webhooks.ts';
import type { SubgraphDependencies } from '../../platform/integration.ts';

/** The door that systems push to, at an address of its own. */
export async function openWebhookDoor(
  systems: Systems,
  { integration, clock, logger }: SubgraphDependencies,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { handle } = webhookRoute({ systems, inbox: integration.webhooks, clock, logger });
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never the name of a pipe.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
