import { type DocumentNode, execute, parse } from 'graphql';
import type { Clock } from '../../platform/clock.ts';
import { GraphError } from '../../platform/errors.ts';
import { CORRELATION_HEADER, createCallerReader, TIMEOUT_HEADER } from '../../platform/identity/caller.ts';
import { IDENTITY_HEADER, type InternalTokens } from '../../platform/identity/internal-token.ts';
import type { Sibling } from '../../platform/sibling/sibling.ts';
import type { Subgraph, SubgraphName } from '../../platform/subgraph.ts';
import { dataOf, type SiblingAnswer } from './answer.ts';

/**
 * A sibling that lives in this process: the same schema and the same signed identity as over HTTP, without the socket. The subgraph
 * is looked up at the first call, because subgraphs that ask one another cannot all be made first.
 */
export function inProcessSibling(options: {
  name: SubgraphName;
  subgraph: () => Subgraph;
  tokens: InternalTokens;
  clock: Clock;
}): Sibling {
  const readCaller = createCallerReader({ tokens: options.tokens, clock: options.clock });
  const documents = new Map<string, DocumentNode>();

  return {
    name: options.name,
    async ask<D>(...[operation, variables, caller]: Parameters<Sibling['ask']>): Promise<D> {
      const remainingMs = caller.deadlineMs - options.clock.now().getTime();
      if (remainingMs <= 0) throw new GraphError('DEADLINE_EXCEEDED', `no time left to ask ${options.name}`);
      const subgraph = options.subgraph();
      let document = documents.get(operation.name);
      if (document === undefined) {
        document = parse(operation.document);
        documents.set(operation.name, document);
      }
      const sibling = await readCaller({
        [IDENTITY_HEADER]: await options.tokens.sign(caller.identity),
        [CORRELATION_HEADER]: caller.correlationId,
        [TIMEOUT_HEADER]: String(remainingMs),
      });
      const answer = await execute({
        schema: subgraph.schema,
        document,
        variableValues: variables,
        contextValue: subgraph.contextFor(sibling),
      });
      return dataOf<D>(options.name, answer as SiblingAnswer);
    },
  };
}
