import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { codedError } from '../errors.ts';

/** How much one operation may ask. What exceeds a limit is refused with QUERY_TOO_COMPLEX or PAGE_TOO_LARGE before anything runs. */
export interface Limits {
  /** Tokens of the whole document; the parser stops there. Default 4,000; an order with what all subgraphs know of it takes about 150. */
  readonly maxTokens: number;
  /** Fields nested in one another; introspection does not count. Default 12. */
  readonly maxDepth: number;
  /** Aliased fields, fragments expanded. Default 30. */
  readonly maxAliases: number;
  /** Fields of the root type, fragments expanded. Default 20. */
  readonly maxRootFields: number;
  /** Fields in all, fragments expanded: a small document can unfold into a huge one. Default 2,000. */
  readonly maxFields: number;
  /** The greatest `first` or `last`. Default 100. */
  readonly maxPageSize: number;
  /** What `@cost` and `@listSize` make of an operation: about the objects it may return. Default 100,000. */
  readonly maxCost: number;
}

export const DEFAULT_LIMITS: Limits = {
  maxTokens: 4000,
  maxDepth: 12,
  maxAliases: 30,
  maxRootFields: 20,
  maxFields: 2000,
  maxPageSize: 100,
  maxCost: 100_000,
};

/** A page size that is only known with the variables. */
export interface PageArgument {
  /** `orders(first:)`, for the error. */
  readonly coordinate: string;
  readonly variable: string;
}

export interface Measured {
  readonly refusal?: GraphQLError;
  readonly pageArguments: readonly PageArgument[];
}

/** Measures an operation that is valid against the schema; its fragments form no cycles. */
export function measure(
  operation: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
  limits: Limits,
): Measured {
  const measured = new Map<string, Size>();
  const pages: PageArgument[] = [];
  const refusals: GraphQLError[] = [];

  const sizeOfFragment = (name: string): Size => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    const fragment = fragments[name];
    const size = fragment === undefined ? EMPTY : sizeOf(fragment.selectionSet);
    measured.set(name, size);
    return size;
  };
  const sizeOf = (selectionSet: SelectionSetNode | undefined): Size =>
    (selectionSet?.selections ?? []).reduce<Size>((total, selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return beside(total, sizeOfFragment(selection.name.value));
      if (selection.kind === Kind.INLINE_FRAGMENT) return beside(total, sizeOf(selection.selectionSet));
      checkField(selection, limits, pages, refusals);
      return beside(total, nested(selection, sizeOf(selection.selectionSet)));
    }, EMPTY);

  const size = sizeOf(operation.selectionSet);
  const exceeded = (
    [
      ['depth', size.depth, limits.maxDepth],
      ['aliases', size.aliases, limits.maxAliases],
      ['root fields', size.level, limits.maxRootFields],
      ['fields', size.fields, limits.maxFields],
    ] as const
  ).find(([, actual, allowed]) => actual > allowed);
  if (exceeded !== undefined) {
    const [limit, actual, allowed] = exceeded;
    const message = `the operation has ${actual} ${limit}; at most ${allowed} are answered`;
    refusals.push(codedError('QUERY_TOO_COMPLEX', message, { limit, actual, allowed }));
  }
  const [refusal] = refusals;
  return { ...(refusal === undefined ? {} : { refusal }), pageArguments: pages };
}

/** Refuses a page size that came by variable. */
export function checkPages(
  pages: readonly PageArgument[],
  variables: Readonly<Record<string, unknown>>,
  limits: Limits,
): GraphQLError | undefined {
  for (const { coordinate, variable } of pages) {
    const size = variables[variable];
    if (typeof size === 'number' && size > limits.maxPageSize) return pageTooLarge(coordinate, size, limits);
  }
  return undefined;
}

/** Refuses an operation that may return too much, as far as the schema and this request's variables tell. */
export function checkCost(cost: number, { maxCost }: Limits): GraphQLError | undefined {
  if (cost <= maxCost) return undefined;
  const actual = Math.min(cost, Number.MAX_SAFE_INTEGER);
  return codedError(
    'QUERY_TOO_COMPLEX',
    `the operation may cost ${actual}; at most ${maxCost} is answered. Ask for smaller pages, or in several operations`,
    { limit: 'cost', actual, allowed: maxCost },
  );
}

interface Size {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
  /** Fields on the level itself. */
  readonly level: number;
}

const EMPTY: Size = { depth: 0, aliases: 0, fields: 0, level: 0 };

/** Fragments can double at every step, so counts stop where no limit can be meant any more. */
const CEILING = 1_000_000;

function beside(a: Size, b: Size): Size {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: Math.min(CEILING, a.aliases + b.aliases),
    fields: Math.min(CEILING, a.fields + b.fields),
    level: Math.min(CEILING, a.level + b.level),
  };
}

function nested(field: FieldNode, below: Size): Size {
  const introspection = field.name.value === '__schema' || field.name.value === '__type';
  return {
    depth: introspection ? 1 : below.depth + 1,
    aliases: Math.min(CEILING, below.aliases + (field.alias === undefined ? 0 : 1)),
    fields: Math.min(CEILING, below.fields + 1),
    level: 1,
  };
}

function checkField(field: FieldNode, limits: Limits, pages: PageArgument[], refusals: GraphQLError[]): void {
  if (field.alias?.value === '__proto__') {
    refusals.push(codedError('BAD_USER_INPUT', 'a field cannot be given the name __proto__'));
  }
  for (const argument of field.arguments ?? []) {
    if (argument.name.value !== 'first' && argument.name.value !== 'last') continue;
    const coordinate = `${field.name.value}(${argument.name.value}:)`;
    if (argument.value.kind === Kind.VARIABLE) {
      pages.push({ coordinate, variable: argument.value.name.value });
    } else if (argument.value.kind === Kind.INT && Number(argument.value.value) > limits.maxPageSize) {
      refusals.push(pageTooLarge(coordinate, Number(argument.value.value), limits));
    }
  }
}

function pageTooLarge(coordinate: string, size: number, limits: Limits): GraphQLError {
  return codedError(
    'PAGE_TOO_LARGE',
    `${coordinate} is ${size}; a page has at most ${limits.maxPageSize} items`,
    { argument: coordinate, actual: size, allowed: limits.maxPageSize },
  );
}
