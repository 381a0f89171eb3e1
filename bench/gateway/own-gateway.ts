import { createGateway, type Gateway } from '../../gateway/index.ts';
import type { SubgraphTransport } from '../../gateway/transports/transport.ts';
import { systemClock } from '../../platform/clock.ts';
import { ANONYMOUS } from '../../platform/identity/identity.ts';
import { createInternalTokens } from '../../platform/identity/internal-token.ts';
import { silentLogger } from '../../platform/telemetry/logger.ts';
import { composeBenchSupergraph } from './graph/supergraph.ts';

/** Our gateway as it ships, over the benchmark's subgraphs. */
export function createOwnGateway(
  originUrl: string,
  transports: readonly SubgraphTransport[],
): Promise<Gateway> {
  const tokens = createInternalTokens({
    secret: new TextEncoder().encode('the benchmark trusts everybody who knows this'),
    clock: systemClock,
  });
  return createGateway({
    supergraphSdl: composeBenchSupergraph(originUrl),
    transports,
    // Every user of the load brings a token of his own, and the subgraphs are told who asks, as in production.
    authenticate: async (authorization = '') => ({ ...ANONYMOUS, kind: 'user', subject: authorization }),
    identityToken: tokens.sign,
    logger: silentLogger,
    port: 0,
  });
}
