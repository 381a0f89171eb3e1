import { Pool } from 'undici';
import type { Clock } from '../../platform/clock.ts';
import { GraphError } from '../../platform/errors.ts';
import { CORRELATION_HEADER, TIMEOUT_HEADER } from '../../platform/identity/caller.ts';
import { IDENTITY_HEADER, type InternalTokens } from '../../platform/identity/internal-token.ts';
import type { Sibling } from '../../platform/sibling/sibling.ts';
import { dataOf, type SiblingAnswer } from './answer.ts';

const CONNECTIONS = 32;

/** A sibling in another process, asked over HTTP. A call that fails is not repeated here: its asker holds the idempotency key and decides. */
export function httpSibling(options: {
  name: string;
  url: string;
  tokens: InternalTokens;
  clock: Clock;
}): Sibling & { close(): Promise<void> } {
  const { name, tokens, clock } = options;
  const url = new URL(options.url);
  const pool = new Pool(url.origin, { connections: CONNECTIONS });

  return {
    name,
    async ask<D>(...[operation, variables, caller]: Parameters<Sibling['ask']>): Promise<D> {
      const remainingMs = caller.deadlineMs - clock.now().getTime();
      if (remainingMs <= 0) throw new GraphError('DEADLINE_EXCEEDED', `no time left to ask ${name}`);
      let answer: SiblingAnswer;
      try {
        const response = await pool.request({
          method: 'POST',
          path: url.pathname,
          headers: {
            'content-type': 'application/json',
            [IDENTITY_HEADER]: await tokens.sign(caller.identity),
            [CORRELATION_HEADER]: caller.correlationId,
            [TIMEOUT_HEADER]: String(remainingMs),
          },
          body: JSON.stringify({ query: operation.document, operationName: operation.name, variables }),
          signal: AbortSignal.timeout(remainingMs),
        });
        // Whatever answers here speaks GraphQL over HTTP; dataOf treats a body without data as a failure.
        answer = (await response.body.json()) as SiblingAnswer;
      } catch (cause) {
        throw new GraphError('SUBGRAPH_UNAVAILABLE', `${name} did not answer`, { serviceName: name }, cause);
      }
      return dataOf<D>(name, answer);
    },
    close: () => pool.close(),
  };
}
