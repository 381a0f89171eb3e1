import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

export interface GraphAnswer<D> {
  readonly data: D | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Record<string, unknown>;
  }[];
  /** Beside an event of a subscription: its cursor, for one. */
  readonly extensions?: Record<string, unknown>;
}

/** A client as anybody would write one: a token, POST /graphql, and graphql-ws. */
export interface Client {
  ask<D = Record<string, never>>(query: string, variables?: Record<string, unknown>): Promise<GraphAnswer<D>>;
  /** Collects the events of a subscription until `stop` is called; from a cursor, what follows it. With null, it is told first when it has begun, and from where. */
  listen<D>(
    query: string,
    variables?: Record<string, unknown>,
    resumeFrom?: string | null,
  ): { readonly events: GraphAnswer<D>[]; stop(): Promise<void> };
}

export async function sandboxClient(
  url: string,
  token: { role: string; customerId?: string; locationId?: string; scopes?: string[] },
): Promise<Client> {
  const response = await fetch(new URL('/sandbox/token', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(token),
  });
  // The route answers {"token"} or an error, which the next request would show.
  const { token: accessToken } = (await response.json()) as { token: string };
  return client(url, accessToken);
}

export function client(url: string, accessToken?: string): Client {
  const authorization = accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
  return {
    async ask<D>(query: string, variables: Record<string, unknown> = {}) {
      const response = await fetch(new URL('/graphql', url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...authorization },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as GraphAnswer<D>;
    },
    listen<D>(query: string, variables: Record<string, unknown> = {}, resumeFrom?: string | null) {
      const events: GraphAnswer<D>[] = [];
      const socket = createClient({
        url: new URL('/graphql', url).href.replace(/^http/, 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: authorization,
        retryAttempts: 0,
      });
      const stop = socket.subscribe<D>(
        { query, variables, ...(resumeFrom === undefined ? {} : { extensions: { resumeFrom } }) },
        {
          next: (event) => events.push(event as GraphAnswer<D>),
          // The errors of a refused subscription, or whatever cut the line.
          error: (error) =>
            events.push({ data: null, errors: Array.isArray(error) ? error : [{ message: String(error) }] }),
          complete: () => {},
        },
      );
      return {
        events,
        async stop() {
          stop();
          await socket.dispose();
        },
      };
    },
  };
}

/** The data, or a failure that shows the errors. */
export function dataOf<D>(answer: GraphAnswer<D>): D {
  if (answer.errors !== undefined || answer.data === null)
    throw new Error(JSON.stringify(answer.errors, null, 2));
  return answer.data;
}
