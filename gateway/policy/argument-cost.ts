import {
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  type ValueNode,
} from 'graphql';
import type { CostRules } from './cost-rules.ts';

/** Either known with the operation, or only with the variables. */
type Amount = number | ((variables: Readonly<Record<string, unknown>>) => number);

/** What the arguments that are written cost: each its own `@cost`, and that of every field of the input objects in it, item by item. */
export function costsOfArguments(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  coordinate: string,
  { weights, inputWeights }: CostRules,
): Amount[] {
  return (node.arguments ?? []).flatMap(({ name, value }) => {
    const own = weights.get(`${coordinate}(${name.value}:)`) ?? 0;
    const type = field.args.find((argument) => argument.name === name.value)?.type;
    if (type === undefined || inputWeights.size === 0) return own === 0 ? [] : [own];
    return [own, ...costsOfWritten(type, value, inputWeights)];
  });
}

type Weights = CostRules['inputWeights'];

/** `own` is the weight of the input field that holds the value, which null costs nothing of. */
function costsOfWritten(type: GraphQLInputType, value: ValueNode, weights: Weights, own = 0): Amount[] {
  if (value.kind === Kind.NULL) return [];
  if (value.kind === Kind.VARIABLE) {
    const { value: name } = value.name;
    return [(variables) => costOfGiven(type, variables[name], weights, own)];
  }
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    // A single value stands for a list of one.
    const items = value.kind === Kind.LIST ? value.values : [value];
    return [own, ...items.flatMap((item) => costsOfWritten(nullable.ofType, item, weights))];
  }
  if (!isInputObjectType(nullable) || value.kind !== Kind.OBJECT) return [own];
  const fields = nullable.getFields();
  const inside = value.fields.flatMap(({ name, value: inner }) => {
    const field = fields[name.value];
    if (field === undefined) return [];
    return costsOfWritten(field.type, inner, weights, weights.get(`${nullable.name}.${name.value}`));
  });
  return [own, ...inside];
}

/** The same of a value that came by variable and has been checked against its type. */
function costOfGiven(type: GraphQLInputType, value: unknown, weights: Weights, own = 0): number {
  if (value === null || value === undefined) return 0;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const items: unknown[] = Array.isArray(value) ? value : [value];
    return items.reduce<number>((total, item) => total + costOfGiven(nullable.ofType, item, weights), own);
  }
  if (!isInputObjectType(nullable) || typeof value !== 'object') return own;
  const fields = nullable.getFields();
  return Object.entries(value).reduce((total, [name, inner]) => {
    const field = fields[name];
    if (field === undefined) return total;
    return total + costOfGiven(field.type, inner, weights, weights.get(`${nullable.name}.${name}`));
  }, own);
}
