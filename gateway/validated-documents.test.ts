import { ApolloServer } from '@apollo/server';
import { buildSchema, parse } from 'graphql';
import { expect, it } from 'vitest';
import { createValidatedDocuments } from './validated-documents.ts';

it('spares Apollo Server the parsing of what was found valid, on the schema it was valid on', async () => {
  const documents = createValidatedDocuments();
  const parsed: string[] = [];
  const start = async (sdl: string) => {
    const schema = buildSchema(sdl);
    const server = new ApolloServer({
      schema,
      documentStore: documents.store,
      plugins: [
        {
          async requestDidStart() {
            return { parsingDidStart: async ({ source }) => void parsed.push(source) };
          },
        },
      ],
    });
    await server.start();
    return { schema, ask: (query: string) => server.executeOperation({ query }), stop: () => server.stop() };
  };
  const one = await start('type Query { hello: String }');
  const other = await start('type Query { hello: String other: Int }');

  documents.remember(one.schema, '{ hello }', parse('{ hello }'));
  await one.ask('{ hello }');
  expect(parsed).toEqual([]);
  await other.ask('{ hello }');
  await one.ask('{ again: hello }');
  expect(parsed).toEqual(['{ hello }', '{ again: hello }']);
  await one.stop();
  await other.stop();
});
