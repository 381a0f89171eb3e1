import { existsSync, readFileSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { SUBGRAPH_NAMES } from './platform/subgraph.ts';

/** Every type exported from `resolvers/models.ts` is the parent that resolvers of the GraphQL type of the same name receive. */
function mappersOf(subgraph: string): Record<string, string> {
  const file = `subgraphs/${subgraph}/resolvers/models.ts`;
  if (!existsSync(file)) return {};
  const names = [...readFileSync(file, 'utf8').matchAll(/^export (?:type|interface) (\w+)/gm)].map(
    (match) => match[1] ?? '',
  );
  return Object.fromEntries(names.map((name) => [name, `./resolvers/models.ts#${name} as ${name}Model`]));
}

const config: CodegenConfig = {
  generates: Object.fromEntries(
    SUBGRAPH_NAMES.filter((name) => existsSync(`subgraphs/${name}/schema.graphql`)).map((name) => [
      `subgraphs/${name}/generated.ts`,
      {
        schema: `subgraphs/${name}/schema.graphql`,
        plugins: ['typescript', 'typescript-resolvers'],
        config: {
          federation: true,
          useTypeImports: true,
          emitLegacyCommonJSImports: false,
          enumsAsTypes: true,
          skipTypename: true,
          contextType: './context.ts#Context',
          mappers: mappersOf(name),
          scalars: {
            DateTime: { input: 'string', output: 'Date | string' },
            Date: 'string',
            Decimal: 'string',
            CurrencyCode: 'string',
            CountryCode: 'string',
            UnitCode: 'string',
          },
          defaultScalarType: 'unknown',
        },
      },
    ]),
  ),
};

export default config;
