import { buildASTSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readAccessRules } from './access-rules.ts';

const rulesOf = (sdl: string) => {
  const document = parse(sdl);
  const schema = buildASTSchema(document, { assumeValidSDL: true });
  const links = {
    nameOf: (name: string) => name,
    reservedPrefixes: [],
    specificationDirectives: new Set<string>(),
  };
  return readAccessRules(document, links, schema);
};

describe('what an interface asks of a selection that is by fragments only', () => {
  it('is nothing, given that its types ask for it and their own fields are looked at', () => {
    const rules = rulesOf(`
      type Query { docs: Doc }
      interface Doc @authenticated @requiresScopes(scopes: [["a", "b"]]) { id: ID }
      type Letter implements Doc @authenticated @requiresScopes(scopes: [["a"]]) { id: ID }
      type Ledger implements Doc @requiresScopes(scopes: [["b"]]) { id: ID }
      type Flyer implements Doc { id: ID }`);
    expect(rules.requirementsOf('Query', 'docs', 'Doc', 'byType')).toEqual([]);
    expect(rules.requirementsOf('Query', 'docs', 'Doc')).toHaveLength(2);
  });

  it('is what none of its types asks for: that was written on the interface itself', () => {
    const rules = rulesOf(`
      type Query { docs: Doc }
      interface Doc @authenticated @requiresScopes(scopes: [["a", "staff"]]) @policy(policies: [["p"]]) { id: ID }
      type Letter implements Doc @requiresScopes(scopes: [["a"]]) { id: ID }
      type Flyer implements Doc { id: ID }`);
    expect(rules.requirementsOf('Query', 'docs', 'Doc', 'byType').map(({ kind }) => kind)).toEqual([
      'authenticated',
      'scopes',
      'policies',
    ]);
  });
});
