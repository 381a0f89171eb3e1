import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTinyGraph, type TinyGraph } from '../tiny-graph.ts';

const CSRF =
  'notice: a GET without a header that forces a preflight could have been sent by any page a user visits, so it is refused';
const STATUS =
  'warn: a request that was never executed is 400 in either content type, so that clients, proxies and dashboards see it without reading bodies';

/** What is not done as an audit would have it: how grave the audit finds that, and why we do otherwise. Anything else must be ok. */
const REASONS: Readonly<Record<string, string>> = {
  '5A70': CSRF,
  D6D5: CSRF,
  '6A70': CSRF,
  '572B': STATUS,
  FDE2: STATUS,
  '7B9B': STATUS,
};

describe('GraphQL over HTTP, by the audits of graphql-http', () => {
  let graph: TinyGraph;
  beforeAll(async () => {
    graph = await startTinyGraph({
      shop: { typeDefs: 'type Query { hello: String }', resolvers: { Query: { hello: () => 'hello' } } },
    });
  });
  afterAll(() => graph.stop());

  const audits = serverAudits({ url: () => `${graph.url}/graphql` });

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s: %s', async (id, _, audit) => {
    const result = await audit.fn();
    if (result.status !== 'ok') await result.response.body?.cancel();
    const told = result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`;
    const [expected = ''] = (REASONS[id] ?? 'ok').split(':');
    expect(told).toMatch(new RegExp(`^${expected}\\b`));
  });

  it('has a reason for nothing that is not an audit', () => {
    const ids = audits.map((audit) => audit.id);
    expect(Object.keys(REASONS).filter((id) => !ids.includes(id))).toEqual([]);
  });
});
