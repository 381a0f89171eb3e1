import { readFileSync } from 'node:fs';
import { type ConstDirectiveNode, type DefinitionNode, Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readOwnership } from '../../app/ownership.ts';
import { FEED_SCHEMAS } from '../../connectors/feeds.ts';
import {
  createWriteGuard,
  NOT_THE_OWNER,
  type Ownership,
  ownershipSchema,
  withinOwnership,
} from '../../connectors/ownership.ts';
import type { Connector } from '../../connectors/port.ts';
import { serviceIdentity } from '../../platform/identity/identity.ts';
import { SUBGRAPH_NAMES } from '../../platform/subgraph.ts';

/** What @sor says, by type or type and field. */
function sorIn(sdl: string): Ownership['fields'] {
  return Object.fromEntries(parse(sdl).definitions.flatMap(sorOf));
}

function sorOf(definition: DefinitionNode): [string, Ownership['fields'][string]][] {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION)
    return [];
  const name = definition.name.value;
  return [
    { path: name, directives: definition.directives },
    ...(definition.fields ?? []).map((field) => ({
      path: `${name}.${field.name.value}`,
      directives: field.directives,
    })),
  ].flatMap(({ path, directives }): [string, Ownership['fields'][string]][] => {
    const sor = directives?.find((directive) => directive.name.value === 'sor');
    return sor === undefined ? [] : [[path, saidBy(sor)]];
  });
}

function saidBy(sor: ConstDirectiveNode): Ownership['fields'][string] {
  const value = (name: string) => {
    const argument = sor.arguments?.find((each) => each.name.value === name)?.value;
    return argument !== undefined && 'value' in argument ? String(argument.value) : undefined;
  };
  const maxStalenessMs = value('maxStalenessMs');
  return {
    owner: value('system') ?? '',
    ...(maxStalenessMs === undefined ? {} : { maxStalenessMs: Number(maxStalenessMs) }),
  };
}

describe('who owns what', () => {
  const ownership = readOwnership();

  it('is the same in ownership.yaml and in the schemas, field by field, and how old each may be', () => {
    const schemas = SUBGRAPH_NAMES.map((name) =>
      readFileSync(new URL(`../../subgraphs/${name}/schema.graphql`, import.meta.url), 'utf8'),
    );
    expect(Object.assign({}, ...schemas.map(sorIn))).toEqual(ownership.fields);
  });

  it('is said of every fact that can be read', () => {
    expect(Object.keys(ownership.facts)).toEqual(expect.arrayContaining(Object.keys(FEED_SCHEMAS)));
  });

  it('is noticed when a schema says otherwise', () => {
    const said = sorIn('type Product { title: String! @sor(system: "ERP", maxStalenessMs: 1) }');
    expect(said).toEqual({ 'Product.title': { owner: 'ERP', maxStalenessMs: 1 } });
    expect(said['Product.title']).not.toEqual(ownership.fields['Product.title']);
  });
});

describe('a system that is not the owner', () => {
  const calls: string[] = [];
  const cashbook: Connector = {
    system: 'cashbook',
    connector: 'plain',
    kind: 'ERP',
    capabilities: { feeds: {}, documents: {}, masterData: [] },
    async readChanges() {
      calls.push('read');
      return { changes: [], cursor: '0', more: false };
    },
    async createDocument() {
      calls.push('create');
      throw new Error('not reached');
    },
    findDocument: async () => null,
    ping: async () => {},
    close: async () => {},
  };
  const request = { signal: new AbortController().signal };
  const owned = withinOwnership(cashbook, {
    ...readOwnership(),
    facts: { prices: { owner: 'erp', how: ['schedule'] }, items: { owner: 'cashbook', how: ['query'] } },
    documents: { paymentVoid: { owner: 'payments' } },
  });

  it('is not believed, and not written to: both are refused by name before anything is sent', async () => {
    await expect(owned.readChanges('prices', null, { limit: 1, ...request })).rejects.toMatchObject({
      outcome: 'refused',
      code: NOT_THE_OWNER,
      message: expect.stringContaining('belongs to erp'),
    });
    const letGo = { reference: 'r', paymentExternalId: 'p', correlationId: 'c' };
    await expect(owned.createDocument('paymentVoid', letGo, { key: 'k', ...request })).rejects.toMatchObject({
      outcome: 'refused',
      code: NOT_THE_OWNER,
    });
    expect(calls).toEqual([]);
    await owned.readChanges('items', null, { limit: 1, ...request });
    expect(calls).toEqual(['read']);
  });
});

describe('a change through the graph', () => {
  const { writes } = readOwnership();
  const at = { 'Customer.email': ['input', 'email'], 'Product.title': undefined };
  const caller = (clientId: string) => ({ ...serviceIdentity('test'), clientId });

  it('is nobody else’s by the file that comes with the app', () => {
    const mayWrite = createWriteGuard({ writes });
    const all = Object.fromEntries(Object.keys(writes).map((field) => [field, ['input']]));
    expect(mayWrite(caller('shop'), all)).toEqual([]);
  });

  it('is refused when a system owns the field, with its name, and allowed to that system itself', () => {
    const mayWrite = createWriteGuard({
      writes: { ...writes, 'Customer.email': 'crm', 'Product.title': 'pim' },
    });
    expect(mayWrite(caller('shop'), at)).toMatchObject([
      {
        code: NOT_THE_OWNER,
        message: expect.stringContaining('Customer.email belongs to crm'),
        field: ['input', 'email'],
      },
    ]);
    expect(mayWrite(caller('crm'), at)).toEqual([]);
    expect(mayWrite(caller('shop'), { 'Customer.phone': ['input', 'phone'] })).toEqual([]);
  });

  it('has an owner for every field, and none that nobody can change', () => {
    const { 'Product.title': _, ...lessOne } = writes;
    expect(ownershipSchema.safeParse({ ...readOwnership(), writes: lessOne }).success).toBe(false);
    expect(
      ownershipSchema.safeParse({ ...readOwnership(), writes: { ...writes, 'Order.number': 'erp' } }).success,
    ).toBe(false);
  });
});
