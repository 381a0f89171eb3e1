import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandboxSystems } from '../connectors/sandbox/system/start-sandbox-systems.ts';
import { createGateway, type Gateway } from '../gateway/index.ts';
import { createInProcessTransport } from '../gateway/transports/in-process.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { createCallerReader } from '../platform/identity/caller.ts';
import { createInternalTokens } from '../platform/identity/internal-token.ts';
import { newId } from '../platform/ids.ts';
import { createIntegration } from '../platform/integration.ts';
import type { Sibling } from '../platform/sibling/sibling.ts';
import { SUBGRAPH_NAMES, type Subgraph, type SubgraphName } from '../platform/subgraph.ts';
import { createLogger } from '../platform/telemetry/logger.ts';
import { createAuthenticate } from './authentication.ts';
import { csvDrop } from './csv-drop.ts';
import { openDataStore } from './data-store.ts';
import { loadDemoShop } from './demo/load.ts';
import { exceptionReceivers } from './exception-receivers.ts';
import { engineOf } from './gateway-engine.ts';
import { readOwnership } from './ownership.ts';
import { pickupTimes } from './pickup-settings.ts';
import { POLICIES } from './policies.ts';
import { pushTo } from './sandbox/push-to.ts';
import { sandboxRoutes } from './sandbox/routes.ts';
import { sandboxSecret } from './sandbox/secret.ts';
import type { Settings } from './settings.ts';
import { inProcessSibling } from './siblings/in-process.ts';
import { stockSettings } from './stock-settings.ts';
import { createSubgraph } from './subgraphs.ts';
import { COMPOSED_SUPERGRAPH } from './supergraph-file.ts';
import { missingSystems, systemAddresses } from './system-addresses.ts';
import { connectSystems } from './systems.ts';
import { Undo } from './undo.ts';
import { webhookRoute } from './webhooks.ts';

export interface AllInOne {
  readonly url: string;
  /** Drains and stops everything, last started first. */
  stop(): Promise<void>;
}

/** Starts the whole house in this process: store, stand-in systems, six subgraphs and the gateway. */
export async function startAllInOne(settings: Settings): Promise<AllInOne> {
  const clock = systemClock;
  const logger = createLogger({ level: settings.LOG_LEVEL });
  const undo = new Undo(logger);
  try {
    await mkdir(settings.DATA_DIR, { recursive: true });
    const tokens = createInternalTokens({ secret: internalSecret(settings), clock });
    const sandboxKey = await sandboxSecret(settings.DATA_DIR);

    const systemsToken = randomBytes(24).toString('hex');
    const pushSecret = `whsec_${randomBytes(32).toString('base64')}`;
    const missing = missingSystems(settings);
    const [store, stand] = await Promise.all([
      openDataStore({ uri: settings.MONGODB_URI, dataDirectory: settings.DATA_DIR, logger }),
      Object.values(missing).includes(true)
        ? startSandboxSystems({
            directory: join(settings.DATA_DIR, 'sandbox'),
            host: '127.0.0.1',
            port: 0,
            token: systemsToken,
          })
        : null,
    ]);
    undo.add('store', () => store.close());
    if (stand !== null) undo.add('stand-in systems', () => stand.stop());

    const integration = createIntegration({ store, clock, newId, logger });
    await integration.prepare();
    const ownership = readOwnership(settings.OWNERSHIP_FILE);
    const systems = await connectSystems({
      integration,
      ownership,
      files: csvDrop(settings, ownership, clock),
      ...systemAddresses(settings, stand, { token: systemsToken, pushSecret }),
    });
    undo.add('connectors', () => systems.close());
    if (missing.erp && settings.DEMO === 'on') await loadDemoShop(systems.erp, logger);

    const made = new Map<SubgraphName, Subgraph>();
    const subgraphNamed = (name: SubgraphName): Subgraph => {
      const subgraph = made.get(name);
      if (subgraph === undefined) throw new Error(`subgraph ${name} is asked before it is made`);
      return subgraph;
    };
    const sibling = (name: SubgraphName): Sibling =>
      inProcessSibling({ name, subgraph: () => subgraphNamed(name), tokens, clock });
    const shop = { stock: stockSettings(settings), pickupTimes: pickupTimes(settings) };
    for (const name of SUBGRAPH_NAMES) {
      made.set(
        name,
        createSubgraph(
          name,
          { store, integration, clock, newId, logger: logger.child({ subgraph: name }) },
          { ...systems, ...shop },
          sibling,
          exceptionReceivers(settings),
        ),
      );
    }
    const subgraphs = [...made.values()];
    await Promise.all(
      subgraphs.map(async (subgraph) => {
        undo.add(subgraph.name, () => subgraph.stop());
        await subgraph.start();
      }),
    );

    await untilReady(subgraphs, clock);

    const readCaller = createCallerReader({ tokens, clock });
    const gateway: Gateway = await createGateway({
      supergraphSdl: readFileSync(COMPOSED_SUPERGRAPH, 'utf8'),
      transports: subgraphs.map((subgraph) =>
        createInProcessTransport({
          name: subgraph.name,
          schema: subgraph.schema,
          contextFor: async (headers, subscription) =>
            subgraph.contextFor({ ...(await readCaller(headers)), ...subscription }),
        }),
      ),
      authenticate: createAuthenticate({ settings, sandboxSecret: sandboxKey, clock }),
      identityToken: (identity) => tokens.sign(identity),
      policies: POLICIES,
      logger,
      clock,
      host: settings.HOST,
      port: settings.PORT,
      ...(await engineOf(settings)),
      routes: [
        webhookRoute({ systems, inbox: integration.webhooks, clock, logger }),
        ...(settings.sandbox && stand !== null
          ? sandboxRoutes({ secret: sandboxKey, clock, systems: stand, systemsToken })
          : []),
      ],
      parts: () =>
        subgraphs.flatMap((subgraph) =>
          subgraph.readiness().parts.map((part) => ({ ...part, name: `${subgraph.name}: ${part.name}` })),
        ),
    });
    undo.add('gateway', () => gateway.stop());
    const { url } = await gateway.start();
    for (const system of ['erp', 'wms', 'carrier'] as const) {
      if (stand === null || !missing[system]) continue;
      const endpoint = { url: new URL(`/webhooks/${system}`, url).href, secret: pushSecret };
      await pushTo({ systemsUrl: stand.url, systemsToken, system, ...endpoint });
    }
    return { url, stop: () => undo.all() };
  } catch (error) {
    await undo.all();
    throw error;
  }
}

/** How long a start waits for the feeds of an empty store; longer, and the graph begins with what it has. */
const FEEDS_WITHIN_MS = 15_000;

/** Waits until every subgraph can answer, so that "ready" means that there is something to buy. */
async function untilReady(subgraphs: readonly Subgraph[], clock: Clock): Promise<void> {
  const giveUpAt = clock.now().getTime() + FEEDS_WITHIN_MS;
  while (!subgraphs.every((subgraph) => subgraph.readiness().ready) && clock.now().getTime() < giveUpAt) {
    await clock.delay(20);
  }
}

function internalSecret(settings: Settings): Uint8Array {
  return settings.INTERNAL_TOKEN_SECRET === undefined
    ? randomBytes(32)
    : Buffer.from(settings.INTERNAL_TOKEN_SECRET, 'utf8');
}
