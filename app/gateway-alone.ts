import { readFileSync } from 'node:fs';
import { createGateway } from '../gateway/index.ts';
import { readContracts } from '../gateway/supergraph/compose.ts';
import { createHttpTransport } from '../gateway/transports/http.ts';
import { systemClock } from '../platform/clock.ts';
import { createInternalTokens } from '../platform/identity/internal-token.ts';
import { createLogger } from '../platform/telemetry/logger.ts';
import { SUPERGRAPH_FILE } from './all-in-one.ts';
import { createAuthenticate } from './authentication.ts';
import { engineOf } from './gateway-engine.ts';
import { POLICIES } from './policies.ts';
import { run } from './run.ts';
import { sandboxRoutes } from './sandbox/routes.ts';
import { sandboxSecret } from './sandbox/secret.ts';
import { required, type Settings } from './settings.ts';
import { subgraphUrl } from './subgraph-addresses.ts';

/** `npm run gateway`: the gateway alone, over subgraphs at their addresses. */
async function startGateway(settings: Settings) {
  const clock = systemClock;
  const logger = createLogger({ level: settings.LOG_LEVEL, name: 'gateway' });
  const secret = required(
    'INTERNAL_TOKEN_SECRET',
    settings.INTERNAL_TOKEN_SECRET,
    'at-least-32-characters-known-to-all-parts',
  );
  const tokens = createInternalTokens({ secret: Buffer.from(secret, 'utf8'), clock });
  const sandboxKey = await sandboxSecret(settings.DATA_DIR);
  const gateway = await createGateway({
    supergraphSdl: readFileSync(SUPERGRAPH_FILE, 'utf8'),
    transports: readContracts('supergraph.yaml').map(({ name, url }) =>
      createHttpTransport({ name, url: subgraphUrl(settings, name, url) }),
    ),
    authenticate: createAuthenticate({ settings, sandboxSecret: sandboxKey, clock }),
    identityToken: (identity) => tokens.sign(identity),
    policies: POLICIES,
    logger,
    clock,
    host: settings.HOST,
    port: settings.PORT,
    ...(await engineOf(settings)),
    // The stand-in systems run elsewhere when the house runs apart; tokens are still handed out here.
    routes: settings.sandbox
      ? sandboxRoutes({ secret: sandboxKey, clock, systems: null, systemsToken: '' })
      : [],
  });
  const { url } = await gateway.start();
  return { url, stop: () => gateway.stop() };
}

await run(startGateway, ({ url }) => console.log(`The gateway is ready at ${url}`));
