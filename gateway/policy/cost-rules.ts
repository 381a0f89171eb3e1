import { type ConstDirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';
import type { LinkedDirectives } from '../supergraph/linked-directives.ts';

/** How many items a list field is expected to give, from `@listSize`. */
export interface ListSize {
  readonly assumedSize?: number;
  /** Arguments that say how many are asked for; the greatest of those given counts. */
  readonly slicingArguments: readonly string[];
  /** The size is that of these lists below the field, for a connection's `edges` and `nodes`; empty: of the field itself. */
  readonly sizedFields: readonly string[];
}

/** What things cost, as `@cost` and `@listSize` of the supergraph say. Keys are schema coordinates: `Query.orders`, `Order`, `Query.orders(first:)`. */
export interface CostRules {
  readonly weights: ReadonlyMap<string, number>;
  /** Those of fields of input objects, `OrderInput.lines`. */
  readonly inputWeights: ReadonlyMap<string, number>;
  readonly listSizes: ReadonlyMap<string, ListSize>;
}

export function readCostRules(document: DocumentNode, links: LinkedDirectives): CostRules {
  const weights = new Map<string, number>();
  const inputWeights = new Map<string, number>();
  const listSizes = new Map<string, ListSize>();
  const cost = links.nameOf('cost');
  const listSize = links.nameOf('cost', 'listSize');
  if (cost === undefined) return { weights, inputWeights, listSizes };

  const readWeight = (
    coordinate: string,
    directives: readonly ConstDirectiveNode[] | undefined,
    into = weights,
  ) => {
    const weight = argumentsOf(directives, cost)?.['weight'];
    if (typeof weight === 'number') into.set(coordinate, weight);
  };
  for (const definition of document.definitions) {
    if (
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.SCALAR_TYPE_DEFINITION ||
      definition.kind === Kind.ENUM_TYPE_DEFINITION
    ) {
      readWeight(definition.name.value, definition.directives);
    }
    if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
      for (const field of definition.fields ?? []) {
        readWeight(`${definition.name.value}.${field.name.value}`, field.directives, inputWeights);
      }
    }
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION
    ) {
      continue;
    }
    for (const field of definition.fields ?? []) {
      const coordinate = `${definition.name.value}.${field.name.value}`;
      readWeight(coordinate, field.directives);
      for (const argument of field.arguments ?? []) {
        readWeight(`${coordinate}(${argument.name.value}:)`, argument.directives);
      }
      const size = argumentsOf(field.directives, listSize);
      if (size === undefined) continue;
      listSizes.set(coordinate, {
        ...(typeof size['assumedSize'] === 'number' ? { assumedSize: size['assumedSize'] } : {}),
        slicingArguments: stringsOf(size['slicingArguments']),
        sizedFields: stringsOf(size['sizedFields']),
      });
    }
  }
  return { weights, inputWeights, listSizes };
}

function argumentsOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string | undefined,
): Record<string, unknown> | undefined {
  const directive = directives?.find((candidate) => candidate.name.value === name);
  if (directive === undefined) return undefined;
  return Object.fromEntries(
    (directive.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]),
  );
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
