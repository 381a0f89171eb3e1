import { createHttpTransport } from '../../gateway/transports/http.ts';
import { createInProcessTransport } from '../../gateway/transports/in-process.ts';
import { schemaOf } from './graph/subgraph.ts';
import { SUBGRAPHS, urlOf } from './graph/supergraph.ts';
import { createOwnGateway } from './own-gateway.ts';
import { reportTo } from './report-figures.ts';

/** Ours: `own-process.ts <http|in-process> <subgraphs' origin>`, with the subgraphs over HTTP or in this process. */
const [way, originUrl = ''] = process.argv.slice(2);

const gateway = await createOwnGateway(
  originUrl,
  SUBGRAPHS.map((subgraph) => {
    const { name } = subgraph;
    if (way === 'http') return createHttpTransport({ name, url: urlOf(originUrl, subgraph) });
    return createInProcessTransport({ name, schema: schemaOf(subgraph), contextFor: async () => ({}) });
  }),
);

const { url } = await gateway.start();
reportTo(process, { url: `${url}/graphql` });
