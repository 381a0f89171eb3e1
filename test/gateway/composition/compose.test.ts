import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeServices } from '@apollo/composition';
import { buildSchema, printSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CompositionError,
  composeFromFile,
  composeSupergraph,
  readContracts,
} from '../../../gateway/supergraph/compose.ts';
import { loadSupergraph } from '../../../gateway/supergraph/supergraph.ts';
import { contractOf } from '../tiny-graph.ts';

describe('composition', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'compose-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n';
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  it('reads rover’s file format and finds schemas beside the file', () => {
    write('shop.graphql', `${link}type Query { hello: String }`);
    write(
      'supergraph.yaml',
      'federation_version: =2.9.0\nsubgraphs:\n  shop:\n    routing_url: http://shop.test/graphql\n    schema:\n      file: ./shop.graphql\n',
    );
    const { apiSchema, subgraphs } = loadSupergraph(composeFromFile(join(folder, 'supergraph.yaml')));
    expect(subgraphs).toEqual([{ name: 'shop', url: 'http://shop.test/graphql' }]);
    expect(printSchema(apiSchema)).toBe(printSchema(buildSchema('type Query { hello: String }')));
  });

  it('names what is missing in a file that is not right', () => {
    write('bad.yaml', 'subgraphs:\n  shop:\n    schema:\n      file: ./shop.graphql\n');
    expect(() => readContracts(join(folder, 'bad.yaml'))).toThrow(/routing_url/);
  });

  it('lists every problem with its code', () => {
    const compose = () =>
      composeSupergraph([
        contractOf('a', 'type Query { x: Thing } type Thing { same: Int }'),
        contractOf('b', 'type Query { y: Thing } type Thing { same: String }'),
      ]);
    expect(compose).toThrow(CompositionError);
    try {
      compose();
    } catch (error) {
      const codes = error instanceof CompositionError ? error.problems.map(({ code }) => code) : [];
      expect(codes).toContain('FIELD_TYPE_MISMATCH');
      expect(String(error)).toContain('FIELD_TYPE_MISMATCH');
    }
  });

  it('gives the same API schema for a supergraph that Apollo composed', () => {
    const contracts = [
      contractOf(
        'a',
        'type Query { x: Thing @authenticated } type Thing @key(fields: "id") { id: ID! hidden: Int @inaccessible kind: Kind } enum Kind { A B @inaccessible }',
      ),
      contractOf(
        'b',
        'type Query { y(thing: Choice): Thing } input Choice { id: ID secret: Int @inaccessible } type Thing @key(fields: "id") { id: ID! name: String @requiresScopes(scopes: [["s"]]) }',
      ),
    ];
    const ours = loadSupergraph(composeSupergraph(contracts));
    const theirs = composeServices(contracts);
    if (theirs.supergraphSdl === undefined) throw new Error(String(theirs.errors));
    const other = loadSupergraph(theirs.supergraphSdl);
    const shown = (schema: typeof ours.apiSchema) => printSchema(schema).split('\n').sort().join('\n');
    expect(shown(other.apiSchema)).toBe(shown(ours.apiSchema));
    expect(other.access.requirementsOf('Thing', 'name', 'String')).toEqual(
      ours.access.requirementsOf('Thing', 'name', 'String'),
    );
  });

  it('reads the same costs from this house’s contracts, whoever composed them', () => {
    const contracts = readContracts(fileURLToPath(new URL('../../../supergraph.yaml', import.meta.url)));
    const ours = loadSupergraph(composeSupergraph(contracts)).costs;
    const theirs = composeServices(contracts.map((contract) => ({ ...contract })));
    if (theirs.supergraphSdl === undefined) throw new Error(String(theirs.errors));
    const other = loadSupergraph(theirs.supergraphSdl).costs;
    expect(ours.listSizes.get('Query.orders')).toEqual({
      assumedSize: 20,
      slicingArguments: ['first'],
      sizedFields: ['edges', 'nodes'],
    });
    expect(ours.weights.get('Availability')).toBe(3);
    expect(other.listSizes).toEqual(ours.listSizes);
    expect(other.weights).toEqual(ours.weights);
  });

  it('follows a renamed directive', () => {
    const sdl = composeSupergraph([
      {
        ...contractOf('a', ''),
        typeDefs: contractOf('a', 'type Query { x: Int }').typeDefs,
      },
    ]).replace(
      'schema',
      'schema @link(url: "https://specs.apollo.dev/authenticated/v0.1", as: "signedIn", for: SECURITY) @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", import: [{ name: "@requiresScopes", as: "@may" }], for: SECURITY)',
    );
    const marked = sdl.replace(/x: Int/, 'x: Int @signedIn @may(scopes: [["s"]])');
    const { access } = loadSupergraph(marked, () => ({ plan: () => ({}) }));
    expect(access.requirementsOf('Query', 'x', 'Int')).toEqual([
      { kind: 'authenticated' },
      { kind: 'scopes', anyOf: [['s']] },
    ]);
  });
});
