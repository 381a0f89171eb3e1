import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  type ObjectTypeDefinitionNode,
} from 'graphql';

export interface NamedContract {
  readonly name: string;
  readonly typeDefs: DocumentNode;
}

/** Who is the origin of each entity: the subgraph that may make its fields non-null. Source: the ownership table of the domain model. */
export const OWNERS: Readonly<Record<string, string>> = {
  Channel: 'product',
  Category: 'product',
  Product: 'product',
  ProductVariant: 'product',
  PriceRelease: 'product',
  Location: 'inventory',
  InventoryLevel: 'inventory',
  Reservation: 'inventory',
  Allocation: 'inventory',
  InventoryTransaction: 'inventory',
  InventoryDiscrepancy: 'inventory',
  Order: 'order',
  OrderLine: 'order',
  FulfillmentOrder: 'order',
  ReverseFulfillmentOrder: 'order',
  WorkOrder: 'order',
  Shipment: 'order',
  Substitution: 'order',
  Return: 'order',
  Customer: 'customer',
  LoyaltyAccount: 'customer',
  ServiceCase: 'customer',
  DataSubjectRequest: 'customer',
  Payment: 'finance',
  Refund: 'finance',
  FinancialDocument: 'finance',
  Invoice: 'finance',
  CreditMemo: 'finance',
  JournalEntry: 'finance',
  Settlement: 'finance',
  SettlementLine: 'finance',
  AccountingPeriod: 'finance',
  ReconciliationItem: 'finance',
  Operation: 'operations',
  BusinessException: 'operations',
  System: 'operations',
};

/** Questions that change nothing: they need no idempotency key. */
const QUOTES = new Set(['QuoteOrderInput']);

/** A subgraph that is down must not empty the entities of others: what it adds to them is nullable. */
export function nonNullContributions({ name, typeDefs }: NamedContract): string[] {
  return objectsOf(typeDefs).flatMap((type) => {
    const owner = OWNERS[type.name.value];
    if (!has(type.directives, 'key')) return [];
    if (owner === undefined) return [`${name}: entity ${type.name.value} has no owner in OWNERS`];
    if (owner === name) return [];
    const keys = keyFields(type);
    return (type.fields ?? [])
      .filter(
        (field) =>
          field.type.kind === Kind.NON_NULL_TYPE &&
          !keys.has(field.name.value) &&
          !has(field.directives, 'external'),
      )
      .map(
        (field) =>
          `${name}: ${type.name.value}.${field.name.value} is contributed to ${owner}'s entity and must be nullable`,
      );
  });
}

/** Every mutation's input names its intent. */
export function inputsWithoutKey({ name, typeDefs }: NamedContract): string[] {
  const inputs = new Map(
    typeDefs.definitions.flatMap((node) =>
      node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  return rootFields(typeDefs, 'Mutation').flatMap((field) => {
    const named = field.arguments?.map((argument) => nameOf(argument.type)) ?? [];
    const input = named.map((type) => inputs.get(type)).find((node) => node !== undefined);
    if (input === undefined) return [`${name}: mutation ${field.name.value} has no input object`];
    if (QUOTES.has(input.name.value)) return [];
    const key = input.fields?.find((candidate) => candidate.name.value === 'idempotencyKey');
    const right = key?.type.kind === Kind.NON_NULL_TYPE && nameOf(key.type) === 'String';
    return right ? [] : [`${name}: ${input.name.value} needs idempotencyKey: String!`];
  });
}

/** Every mutation answers what went wrong as data. */
export function payloadsWithoutErrors({ name, typeDefs }: NamedContract): string[] {
  const objects = new Map(objectsOf(typeDefs).map((type) => [type.name.value, type]));
  return rootFields(typeDefs, 'Mutation').flatMap((field) => {
    const payload = objects.get(nameOf(field.type));
    return payload?.fields?.some((candidate) => candidate.name.value === 'userErrors')
      ? []
      : [`${name}: ${nameOf(field.type)} of ${field.name.value} needs userErrors`];
  });
}

/** Everything a client can see is described. Definitions of the federation itself are not ours to describe. */
export function undescribed({ name, typeDefs }: NamedContract): string[] {
  return typeDefs.definitions.filter(isOurs).flatMap((node) => {
    const type = 'name' in node ? (node.name?.value ?? '') : '';
    const missing: string[] = [];
    const root = ['Query', 'Mutation', 'Subscription'].includes(type);
    if (!root && !('description' in node && node.description)) missing.push(type);
    if ('fields' in node) {
      for (const field of node.fields ?? []) {
        if (!field.description) missing.push(`${type}.${field.name.value}`);
        if ('arguments' in field)
          for (const argument of field.arguments ?? [])
            if (!argument.description) missing.push(`${type}.${field.name.value}(${argument.name.value}:)`);
      }
    }
    if ('values' in node)
      for (const value of node.values ?? [])
        if (!value.description) missing.push(`${type}.${value.name.value}`);
    if (node.kind === Kind.DIRECTIVE_DEFINITION)
      for (const argument of node.arguments ?? [])
        if (!argument.description) missing.push(`@${type}(${argument.name.value}:)`);
    return missing.map((what) => `${name}: ${what} has no description`);
  });
}

/** No enum is defined twice: an input enum would shrink to what both know. */
export function sharedEnums(contracts: readonly NamedContract[]): string[] {
  const seen = new Map<string, string>();
  return contracts.flatMap(({ name, typeDefs }) =>
    typeDefs.definitions.flatMap((node) => {
      if (node.kind !== Kind.ENUM_TYPE_DEFINITION) return [];
      const first = seen.get(node.name.value);
      seen.set(node.name.value, first ?? name);
      return first === undefined ? [] : [`enum ${node.name.value} is defined in ${first} and ${name}`];
    }),
  );
}

function isOurs(node: DefinitionNode): boolean {
  return isTypeDefinitionNode(node) || isTypeExtensionNode(node) || node.kind === Kind.DIRECTIVE_DEFINITION;
}

function objectsOf(document: DocumentNode): ObjectTypeDefinitionNode[] {
  return document.definitions.filter(
    (node): node is ObjectTypeDefinitionNode => node.kind === Kind.OBJECT_TYPE_DEFINITION,
  );
}

function rootFields(document: DocumentNode, root: string) {
  return objectsOf(document)
    .filter((type) => type.name.value === root)
    .flatMap((type) => type.fields ?? []);
}

function has(directives: readonly ConstDirectiveNode[] | undefined, name: string): boolean {
  return directives?.some((directive) => directive.name.value === name) ?? false;
}

function keyFields(type: ObjectTypeDefinitionNode): Set<string> {
  const texts =
    type.directives
      ?.filter((directive) => directive.name.value === 'key')
      .flatMap((directive) => directive.arguments ?? []) ?? [];
  return new Set(
    texts.flatMap(({ value }) => (value.kind === Kind.STRING ? value.value.split(/[\s{}]+/) : [])),
  );
}

function nameOf(type: { kind: Kind; type?: unknown; name?: { value: string } }): string {
  let node = type;
  while (node.type !== undefined) node = node.type as typeof node;
  return node.name?.value ?? '';
}
