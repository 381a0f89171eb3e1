import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { costsOfArguments } from './argument-cost.ts';
import type { CostRules } from './cost-rules.ts';

/** Items in a list of which nothing is said. */
const DEFAULT_LIST_SIZE = 10;
/** A command does more than a question of the same shape. */
const MUTATION_COST = 10;

/** The cost of one request, by its variables. */
export type MeasureCost = (variables: Readonly<Record<string, unknown>>) => number;

/** Either known with the operation, or only with the variables: most operations are measured once. */
type Amount = number | MeasureCost;

/** Lists below a connection's field, with the size its arguments gave them. */
interface Sized {
  readonly fields: readonly string[];
  readonly size: Amount;
}

const NOTHING_SIZED: Sized = { fields: [], size: 0 };

/**
 * How much an operation may cost at most: each object 1, each scalar 0, or what `@cost` says; a list as often as `@listSize` says,
 * else ten times; each argument and input field what `@cost` says; a mutation's root fields ten more. To be asked of an operation within the limits, for
 * fragments are walked each time they are spread.
 */
export function compileCost(
  operation: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
  schema: GraphQLSchema,
  rules: CostRules,
): MeasureCost {
  const costOfSet = (set: SelectionSetNode, type: GraphQLCompositeType, sized: Sized): Amount =>
    sum(
      set.selections.map((selection) => {
        if (selection.kind === Kind.FIELD)
          return unless(selection.directives, costOfField(selection, type, sized));
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
        if (fragment === undefined) return 0;
        const condition = schema.getType(fragment.typeCondition?.name.value ?? type.name);
        if (!isCompositeType(condition)) return 0;
        return unless(selection.directives, costOfSet(fragment.selectionSet, condition, sized));
      }),
    );

  const costOfField = (node: FieldNode, parent: GraphQLCompositeType, sized: Sized): Amount => {
    const name = node.name.value;
    const field = isUnionType(parent) ? undefined : parent.getFields()[name];
    if (field === undefined) return 0;
    const coordinate = `${parent.name}.${name}`;
    const returned = getNamedType(field.type);
    const own =
      rules.weights.get(coordinate) ??
      rules.weights.get(returned.name) ??
      (isCompositeType(returned) ? 1 : 0);
    const given = rules.listSizes.get(coordinate);
    const size = given === undefined ? undefined : sizeOf(node, field, given);
    const belowSized =
      given === undefined || size === undefined || given.sizedFields.length === 0
        ? NOTHING_SIZED
        : { fields: given.sizedFields, size };
    const below =
      node.selectionSet === undefined || !isCompositeType(returned)
        ? 0
        : costOfSet(node.selectionSet, returned, belowSized);
    const one = sum([own, below]);
    const items = listItems(
      field.type,
      sized.fields.includes(name) ? sized.size : belowSized === NOTHING_SIZED ? size : undefined,
    );
    return sum([product(items, one), ...costsOfArguments(node, field, coordinate, rules)]);
  };

  const root = schema.getRootType(operation.operation);
  if (!root) return () => 0;
  const commands = operation.operation === 'mutation' ? operation.selectionSet.selections.length : 0;
  const cost = sum([commands * MUTATION_COST, costOfSet(operation.selectionSet, root, NOTHING_SIZED)]);
  return typeof cost === 'number' ? () => cost : cost;
}

/** One for a single object; for a list of lists, the outer one counts by its size and the inner by the default. */
function listItems(type: GraphQLOutputType, size: Amount | undefined): Amount {
  const nullable = getNullableType(type);
  if (!isListType(nullable)) return 1;
  return product(size ?? DEFAULT_LIST_SIZE, listItems(nullable.ofType, undefined));
}

/** The greatest slicing argument; without one, what is assumed. */
function sizeOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  rule: CostRules['listSizes'] extends ReadonlyMap<string, infer Rule> ? Rule : never,
): Amount {
  const otherwise = rule.assumedSize ?? DEFAULT_LIST_SIZE;
  const sizes = rule.slicingArguments.map((name): Amount | undefined => {
    const written = node.arguments?.find((argument) => argument.name.value === name)?.value;
    const byDefault: unknown = field.args.find((argument) => argument.name === name)?.defaultValue;
    return written === undefined ? numberOf(byDefault) : sizeWritten(written, numberOf(byDefault));
  });
  const known = sizes.filter((size) => size !== undefined);
  if (known.length === 0) return otherwise;
  if (known.every((size) => typeof size === 'number')) return Math.max(...known);
  return (variables) => {
    const all = known.map((size) => amountFor(size, variables)).filter((size) => size >= 0);
    return all.length === 0 ? otherwise : Math.max(...all);
  };
}

/** A variable that was not given is as if the argument had not been written; -1 stands for "not known". */
function sizeWritten(value: ValueNode, byDefault: number | undefined): Amount | undefined {
  if (value.kind === Kind.INT) return numberOf(Number(value.value));
  if (value.kind !== Kind.VARIABLE) return byDefault;
  const name = value.name.value;
  return (variables) => numberOf(variables[name]) ?? byDefault ?? -1;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

/** Nothing when @skip or @include leaves it out. */
function unless(directives: readonly DirectiveNode[] | undefined, cost: Amount): Amount {
  let amount = cost;
  for (const directive of directives ?? []) {
    const wanted = directive.name.value === 'include';
    if (!wanted && directive.name.value !== 'skip') continue;
    const condition = directive.arguments?.[0]?.value;
    if (condition?.kind === Kind.BOOLEAN && condition.value !== wanted) return 0;
    if (condition?.kind !== Kind.VARIABLE) continue;
    const [name, inner] = [condition.name.value, amount];
    amount = (variables) => ((variables[name] === true) === wanted ? amountFor(inner, variables) : 0);
  }
  return amount;
}

function amountFor(amount: Amount, variables: Readonly<Record<string, unknown>>): number {
  return typeof amount === 'number' ? amount : amount(variables);
}

function sum(amounts: readonly Amount[]): Amount {
  let constant = 0;
  const varying: MeasureCost[] = [];
  for (const amount of amounts) {
    if (typeof amount === 'number') constant += amount;
    else varying.push(amount);
  }
  if (varying.length === 0) return constant;
  return (variables) => varying.reduce((total, amount) => total + amount(variables), constant);
}

function product(a: Amount, b: Amount): Amount {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  return (variables) => amountFor(a, variables) * amountFor(b, variables);
}
