import { readFileSync } from 'node:fs';
import { createGateway } from '../gateway/index.ts';
import { createHttpTransport } from '../gateway/transports/http.ts';
import { systemClock } from '../platform/clock.ts';
import { createInternalTokens } from '../platform/identity/internal-token.ts';
import { createLogger } from '../platform/telemetry/logger.ts';
import { createAuthenticate } from './authentication.ts';
import { engineOf } from './gateway-engine.ts';
import { readOperationManifest } from './operation-manifest.ts';
import { POLICIES } from './policies.ts';
import { run } from './run.ts';
import { sandboxRoutes } from './sandbox/routes.ts';
import { sandboxSecret } from './sandbox/secret.ts';
import { required, type Settings, SettingsError } from './settings.ts';
import { subgraphUrl } from './subgraph-addresses.ts';
import { COMPOSED_SUPERGRAPH, followSupergraphFile } from './supergraph-file.ts';

/** `npm run gateway`: the gateway alone, over subgraphs at their addresses; it follows its supergraph's file, and reads it at SIGHUP. */
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
  const file = settings.SUPERGRAPH_FILE ?? COMPOSED_SUPERGRAPH;
  const gateway = await createGateway({
    supergraphSdl: readSupergraph(file),
    transports: [],
    connect: ({ name, url }) => createHttpTransport({ name, url: subgraphUrl(settings, name, url) }),
    ...(settings.OPERATION_MANIFEST === undefined
      ? {}
      : { knownOperations: readOperationManifest(settings.OPERATION_MANIFEST) }),
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
  const followed = followSupergraphFile(file, { swap: gateway.swap, logger });
  return {
    url,
    reload: followed.reload,
    async stop() {
      followed.stop();
      await gateway.stop();
    },
  };
}

function readSupergraph(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new SettingsError([
      `SUPERGRAPH_FILE names ${file}, which cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    ]);
  }
}

await run(startGateway, ({ url }) => console.log(`The gateway is ready at ${url}`));
