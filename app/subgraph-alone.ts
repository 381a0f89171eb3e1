import { readContracts } from '../gateway/supergraph/compose.ts';
import { systemClock } from '../platform/clock.ts';
import { createInternalTokens } from '../platform/identity/internal-token.ts';
import { newId } from '../platform/ids.ts';
import { createIntegration } from '../platform/integration.ts';
import { connectStore } from '../platform/store/store.ts';
import { SUBGRAPH_NAMES } from '../platform/subgraph.ts';
import { createLogger } from '../platform/telemetry/logger.ts';
import { csvDrop } from './csv-drop.ts';
import { exceptionReceivers } from './exception-receivers.ts';
import { readOwnership } from './ownership.ts';
import { pickupTimes } from './pickup-settings.ts';
import { run } from './run.ts';
import { serveSubgraph } from './serve/subgraph-server.ts';
import { required, type Settings, SettingsError } from './settings.ts';
import { httpSibling } from './siblings/http.ts';
import { stockSettings } from './stock-settings.ts';
import { isSubgraphName, subgraphUrl } from './subgraph-addresses.ts';
import { createSubgraph } from './subgraphs.ts';
import { configuredSystems } from './system-addresses.ts';
import { connectSystems } from './systems.ts';
import { Undo } from './undo.ts';
import { webhookRoute } from './webhooks.ts';

/** `npm run subgraph -- inventory`: one subgraph alone, at the port of its address, on a shared MongoDB. */
async function startSubgraph(settings: Settings) {
  const name = process.argv[2] ?? '';
  if (!isSubgraphName(name))
    throw new SettingsError([
      `npm run subgraph -- <name>: one of ${SUBGRAPH_NAMES.join(', ')}, not "${name}"`,
    ]);
  const clock = systemClock;
  const logger = createLogger({ level: settings.LOG_LEVEL, name });
  const undo = new Undo(logger);
  try {
    const secret = required(
      'INTERNAL_TOKEN_SECRET',
      settings.INTERNAL_TOKEN_SECRET,
      'at-least-32-characters-known-to-all-parts',
    );
    const tokens = createInternalTokens({ secret: Buffer.from(secret, 'utf8'), clock });
    const store = await connectStore({
      uri: required('MONGODB_URI', settings.MONGODB_URI, 'mongodb://127.0.0.1:27017/?replicaSet=rs0'),
      logger,
    });
    undo.add('store', () => store.close());
    const integration = createIntegration({ store, clock, newId, logger });
    await integration.prepare();
    const ownership = readOwnership(settings.OWNERSHIP_FILE);
    const systems = await connectSystems({
      integration,
      ownership,
      files: csvDrop(settings, ownership, clock),
      ...configuredSystems(settings),
    });
    undo.add('connectors', () => systems.close());

    const urls = new Map(
      readContracts('supergraph.yaml').map((contract) => [
        contract.name,
        subgraphUrl(settings, contract.name, contract.url),
      ]),
    );
    const urlOf = (subgraph: string): string =>
      required(`${subgraph.toUpperCase()}_URL`, urls.get(subgraph), 'http://127.0.0.1:4101/graphql');
    const subgraph = createSubgraph(
      name,
      { store, integration, clock, newId, logger },
      { ...systems, stock: stockSettings(settings), pickupTimes: pickupTimes(settings) },
      (sibling) => {
        const asked = httpSibling({ name: sibling, url: urlOf(sibling), tokens, clock });
        undo.add(`way to ${sibling}`, () => asked.close());
        return asked;
      },
      exceptionReceivers(settings),
    );
    undo.add(name, () => subgraph.stop());
    await subgraph.start();
    const { hostname, port } = new URL(urlOf(name));
    const server = await serveSubgraph({
      subgraph,
      host: hostname,
      port: Number(port),
      tokens,
      clock,
      logger,
      // Where the house runs apart, systems push to the subgraph that watches over them.
      routes:
        name === 'operations' ? [webhookRoute({ systems, inbox: integration.webhooks, clock, logger })] : [],
    });
    undo.add('server', () => server.stop());
    return { url: server.url, stop: () => undo.all() };
  } catch (error) {
    await undo.all();
    throw error;
  }
}

await run(startSubgraph, ({ url }) => console.log(`The subgraph is ready at ${url}`));
