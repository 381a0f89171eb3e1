import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { listen } from '../listen.ts';
import { reportTo } from '../report-figures.ts';

// Hive Gateway's runtime on node:http: `hive-gateway.mjs <js|rust> <supergraph file>`. What a caller sends as his authorization is
// passed on, so that calls of different callers are different calls: equal ones in flight would be joined into one.
const [planner, file] = process.argv.slice(2);
const gateway = createGatewayRuntime({
  supergraph: readFileSync(file, 'utf8'),
  logging: false,
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') }),
  },
  ...(planner === 'rust'
    ? { unifiedGraphHandler: (await import('@graphql-hive/router-runtime')).unifiedGraphHandler }
    : {}),
});
reportTo(process, { url: `${await listen(createServer(gateway))}/graphql` });
