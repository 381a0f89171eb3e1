import { parse } from 'graphql';
import { createGateway } from '../../../gateway/index.ts';
import { composeSupergraph } from '../../../gateway/supergraph/compose.ts';
import { createHttpTransport } from '../../../gateway/transports/http.ts';
import { ANONYMOUS } from '../../../platform/identity/identity.ts';
import { silentLogger } from '../../../platform/telemetry/logger.ts';
import { reportTo } from '../report-figures.ts';
import { NAMES, PRICES } from './graph.ts';

/** The gateway whose memory is measured: `gateway-process.ts <subgraphs' origin>`. A bearer token is the caller's name. */
const [originUrl = ''] = process.argv.slice(2);
const contracts = Object.entries({ prices: PRICES, names: NAMES }).map(([name, typeDefs]) => ({
  name,
  url: `${originUrl}/${name}`,
  typeDefs: parse(typeDefs),
}));

const gateway = await createGateway({
  supergraphSdl: composeSupergraph(contracts),
  transports: contracts.map(({ name, url }) => createHttpTransport({ name, url })),
  authenticate: async (authorization) =>
    authorization === undefined
      ? ANONYMOUS
      : { ...ANONYMOUS, kind: 'user', subject: authorization.replace(/^Bearer /, '') },
  identityToken: async (identity) => identity.subject,
  logger: silentLogger,
  port: 0,
});
reportTo(process, { url: (await gateway.start()).url });
