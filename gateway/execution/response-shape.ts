import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { FieldFailure } from './failures.ts';
import type { ResponseObject } from './merge.ts';
import type { ShapeRun } from './shape-run.ts';

/**
 * Shapes merged data into the response a client asked for: only its fields, under its aliases, in its order, with nulls propagated as
 * the API schema says. Undefined means that a null was met where none may be, and the parent must become null.
 */
export type Shape = (value: unknown, run: ShapeRun) => unknown;

export interface ShapeOptions {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The values of the variables that @skip and @include use. A shape holds for these values. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Fields this caller may not read; the errors that say so are told elsewhere. */
  readonly withheld: ReadonlySet<FieldNode>;
}

export function compileShape(options: ShapeOptions): Shape {
  const root = options.schema.getRootType(options.operation.operation);
  if (!root) throw new Error(`the schema has no ${options.operation.operation} type`);
  return compileObject(options, root, options.operation.selectionSet.selections, 0);
}

interface ShapedField {
  readonly key: string;
  readonly read: (object: ResponseObject) => unknown;
  readonly shape: Shape;
}

function compileObject(
  options: ShapeOptions,
  type: GraphQLCompositeType,
  selections: readonly SelectionNode[],
  depth: number,
): Shape {
  const fields: ShapedField[] = [];
  const nodesByKey = new Map<string, FieldNode[]>();
  collectFields(options, type, selections, nodesByKey, new Set());
  for (const [key, nodes] of nodesByKey) {
    const shape = compileField(options, type, nodes, depth);
    if (shape !== undefined) fields.push({ key, read: reader(key), shape });
  }
  return (value, run) => {
    const object = value as ResponseObject; // compileNamed has seen to that
    const shaped: ResponseObject = {};
    for (const { key, read, shape } of fields) {
      run.path[depth] = key;
      const field = shape(read(object), run);
      if (field === undefined) return undefined;
      shaped[key] = field;
    }
    return shaped;
  };
}

/** An alias may have the name of something every object inherits. */
function reader(key: string): (object: ResponseObject) => unknown {
  if (key in Object.prototype) return (object) => (Object.hasOwn(object, key) ? object[key] : undefined);
  return (object) => object[key];
}

function compileField(
  options: ShapeOptions,
  type: GraphQLCompositeType,
  nodes: readonly FieldNode[],
  depth: number,
): Shape | undefined {
  const [first] = nodes;
  if (first === undefined) return undefined;
  const name = first.name.value;
  if (name === '__typename') return () => type.name;
  if (name === '__schema' || name === '__type') return (value) => value ?? null;
  if (isUnionType(type)) return undefined;
  const field = type.getFields()[name];
  if (field === undefined) return undefined;
  if (nodes.every((node) => options.withheld.has(node))) return withheld(isNonNullType(field.type));
  const selections = nodes.flatMap((node) =>
    options.withheld.has(node) ? [] : (node.selectionSet?.selections ?? []),
  );
  return compileType(options, field.type, selections, depth + 1, `${type.name}.${name}`);
}

function withheld(nonNull: boolean): Shape {
  return (_value, run) => {
    run.silence();
    return nonNull ? undefined : null;
  };
}

function compileType(
  options: ShapeOptions,
  type: GraphQLOutputType,
  selections: readonly SelectionNode[],
  depth: number,
  coordinate: string,
): Shape {
  if (isNonNullType(type)) {
    const inner = compileType(options, type.ofType, selections, depth, coordinate);
    return (value, run) => {
      const before = run.told;
      const shaped = inner(value, run);
      if (shaped !== null) return shaped;
      // A null that an error explains needs no second one.
      if (run.told === before) run.missing(coordinate, depth);
      return undefined;
    };
  }
  if (isListType(type)) {
    const item = compileType(options, type.ofType, selections, depth + 1, coordinate);
    return (value, run) => {
      if (!Array.isArray(value)) return value instanceof FieldFailure ? run.fail(value, depth) : null;
      const items: unknown[] = new Array(value.length);
      for (let index = 0; index < value.length; index += 1) {
        run.path[depth] = index;
        const shaped = item(value[index], run);
        if (shaped === undefined) return null;
        items[index] = shaped;
      }
      return items;
    };
  }
  if (isLeafType(type)) return compileLeaf(type, depth);
  return compileNamed(options, type, selections, depth);
}

function compileLeaf(type: GraphQLOutputType, depth: number): Shape {
  // An enum value that is not in the API schema is hidden from clients.
  const known = isEnumType(type) ? new Set(type.getValues().map((value) => value.name)) : undefined;
  return (value, run) => {
    if (value === undefined || value === null) return null;
    if (value instanceof FieldFailure) return run.fail(value, depth);
    return known === undefined || known.has(String(value)) ? value : null;
  };
}

function compileNamed(
  options: ShapeOptions,
  type: GraphQLOutputType,
  selections: readonly SelectionNode[],
  depth: number,
): Shape {
  if (!isCompositeType(type)) throw new Error(`${String(type)} cannot have a selection`);
  if (isObjectType(type)) {
    const object = compileObject(options, type, selections, depth);
    return (value, run) => {
      if (typeof value !== 'object' || value === null) return null;
      if (value instanceof FieldFailure) return run.fail(value, depth);
      return object(value, run) ?? null;
    };
  }
  const byTypename = new Map<string | undefined, Shape | undefined>();
  const shapeFor = (typename: string | undefined): Shape | undefined => {
    if (byTypename.has(typename)) return byTypename.get(typename);
    // Without a name only the interface's own fields were asked for. A name the API schema does not know is hidden from clients.
    const concrete = typename === undefined ? type : options.schema.getType(typename);
    const shape = isCompositeType(concrete) ? compileObject(options, concrete, selections, depth) : undefined;
    byTypename.set(typename, shape);
    return shape;
  };
  return (value, run) => {
    if (typeof value !== 'object' || value === null) return null;
    if (value instanceof FieldFailure) return run.fail(value, depth);
    const typename = (value as ResponseObject)['__typename'];
    return shapeFor(typeof typename === 'string' ? typename : undefined)?.(value, run) ?? null;
  };
}

function collectFields(
  options: ShapeOptions,
  type: GraphQLCompositeType,
  selections: readonly SelectionNode[],
  into: Map<string, FieldNode[]>,
  visited: Set<string>,
): void {
  for (const selection of selections) {
    if (!isIncluded(selection, options.variables)) continue;
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const nodes = into.get(key);
      if (nodes === undefined) into.set(key, [selection]);
      else nodes.push(selection);
      continue;
    }
    let fragment: Pick<FragmentDefinitionNode, 'selectionSet'> & {
      readonly typeCondition?: FragmentDefinitionNode['typeCondition'] | undefined;
    };
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const name = selection.name.value;
      const definition = options.fragments[name];
      if (definition === undefined || visited.has(name)) continue;
      visited.add(name);
      fragment = definition;
    } else fragment = selection;
    if (applies(options.schema, fragment.typeCondition?.name.value, type)) {
      collectFields(options, type, fragment.selectionSet.selections, into, visited);
    }
  }
}

function applies(schema: GraphQLSchema, condition: string | undefined, type: GraphQLCompositeType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const conditional = schema.getType(condition);
  return isAbstractType(conditional) && !isUnionType(type) && schema.isSubType(conditional, type);
}

/** Whether @skip and @include let a selection through. */
export function isIncluded(selection: SelectionNode, variables: Readonly<Record<string, unknown>>): boolean {
  for (const directive of selection.directives ?? []) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') continue;
    const condition = directive.arguments?.[0]?.value;
    const value =
      condition?.kind === Kind.VARIABLE
        ? variables[condition.name.value] === true
        : condition?.kind === Kind.BOOLEAN && condition.value;
    if (value === (name === 'skip')) return false;
  }
  return true;
}
