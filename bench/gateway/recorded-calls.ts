import { createHttpTransport } from '../../gateway/transports/http.ts';
import { type SubgraphTransport, variablesOf } from '../../gateway/transports/transport.ts';
import { bodyOf } from './graph/heavy-query.ts';
import { SUBGRAPHS, urlOf } from './graph/supergraph.ts';
import { createOwnGateway } from './own-gateway.ts';

export interface RecordedCall {
  readonly path: string;
  readonly body: string;
}

export interface Recorded {
  /** The calls of one request: what stands in one level was asked at once, one level after the other. */
  readonly levels: readonly (readonly RecordedCall[])[];
  readonly answer: object;
  readonly answerBytes: Buffer;
}

/** Asks our gateway each of these once, and notes what it asks the subgraphs. */
export async function recordCalls<Variables extends { readonly first: number }>(
  variants: readonly Variables[],
  originUrl: string,
): Promise<ReadonlyMap<number, Recorded>> {
  let levels: RecordedCall[][] = [];
  let running = 0;
  const recording = (transport: SubgraphTransport, path: string): SubgraphTransport => ({
    ...transport,
    async fetch(request, call) {
      const { operation: query, operationName } = request;
      const recorded = {
        path,
        body: JSON.stringify({ query, operationName, variables: variablesOf(request) }),
      };
      if (running === 0) levels.push([recorded]);
      else levels.at(-1)?.push(recorded);
      running += 1;
      try {
        return await transport.fetch(request, call);
      } finally {
        running -= 1;
      }
    },
  });
  const gateway = await createOwnGateway(
    originUrl,
    SUBGRAPHS.map((subgraph) => {
      const url = urlOf(originUrl, subgraph);
      return recording(createHttpTransport({ name: subgraph.name, url }), new URL(url).pathname);
    }),
  );
  try {
    const { url } = await gateway.start();
    const answers = new Map<number, Recorded>();
    for (const variables of variants) {
      levels = [];
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: bodyOf(variables),
      });
      const answerBytes = Buffer.from(await response.arrayBuffer());
      answers.set(variables.first, { levels, answer: JSON.parse(answerBytes.toString()), answerBytes });
    }
    return answers;
  } finally {
    await gateway.stop();
  }
}
