import { fail } from '../errors.ts';
import { isArray, isDocument, isMissing, isOperatorObject, isRegex } from '../values/kinds.ts';
import { asFlag } from '../values/numbers.ts';
import { schemaMatcher } from './json-schema.ts';
import { type FieldTest, fieldTests } from './match-operators.ts';
import type { MatchContext, Matcher } from './matcher.ts';
import { splitPath } from './paths.ts';

const maxDepth = 100;
/** The fields of a database reference; names as any other, though they look like operators. */
const referenceFields = new Set(['$ref', '$id', '$db']);

/** Compiles a filter. Fails with BadValue on operators it does not know; never ignores one. */
export function compileFilter(filter: unknown, context: MatchContext, depth = 0): Matcher {
  if (!isDocument(filter)) fail('TypeMismatch', 'Expected field filter to be of type object');
  if (depth > maxDepth) fail('BadValue', `the filter is nested deeper than ${maxDepth} levels`);
  const tests: Matcher[] = [];
  for (const name of Object.keys(filter)) {
    const condition = filter[name];
    if (name.startsWith('$') && !referenceFields.has(name))
      tests.push(...logical(name, condition, context, depth));
    else tests.push(fieldMatcher(name, condition, context, depth));
  }
  const only = tests[0];
  if (tests.length === 1 && only) return only;
  return (document, position) => tests.every((test) => test(document, position));
}

function fieldMatcher(name: string, condition: unknown, context: MatchContext, depth: number): Matcher {
  const path = splitPath(name);
  const test = compileCondition(condition, context, depth);
  return (document, position) => test(document, path, position ?? {});
}

/** Compiles what stands beside a field name: a value, a regular expression or an object of operators. */
export function compileCondition(condition: unknown, context: MatchContext, depth = 0): FieldTest {
  if (isRegex(condition) || !isOperatorObject(condition))
    return fieldTests.equal(condition, context.collation);
  const tests: FieldTest[] = [];
  for (const operator of Object.keys(condition)) {
    const operand = condition[operator];
    if (operator === '$not') {
      if (!isRegex(operand) && !isOperatorObject(operand))
        fail('BadValue', '$not needs a regex or a document');
      tests.push(fieldTests.not(compileCondition(operand, context, depth + 1)));
    } else if (operator === '$elemMatch') tests.push(elementMatch(operand, context, depth));
    else if (operator === '$all') tests.push(all(operand, context, depth));
    else tests.push(fieldTests.operator(operator, operand, condition, context.collation));
  }
  const only = tests[0];
  if (tests.length === 1 && only) return only;
  return (document, path, position) => tests.every((test) => test(document, path, position));
}

const logicalOperators = new Set(['$and', '$or', '$nor', '$expr', '$jsonSchema']);

function elementMatch(operand: unknown, context: MatchContext, depth: number): FieldTest {
  if (!isDocument(operand)) fail('BadValue', '$elemMatch needs an Object');
  const onValue = isOperatorObject(operand) && !logicalOperators.has(Object.keys(operand)[0] ?? '');
  if (onValue) {
    const test = compileCondition(operand, context, depth + 1);
    // Wrapped twice, so that an element that is itself an array is tested as a whole and by its elements.
    return fieldTests.someElement((element) => test({ value: element }, ['value'], {}));
  }
  const matches = compileFilter(operand, context, depth + 1);
  return fieldTests.someElement((element) => (isDocument(element) || isArray(element)) && matches(element));
}

function all(operand: unknown, context: MatchContext, depth: number): FieldTest {
  if (!isArray(operand)) fail('BadValue', '$all needs an array');
  const tests = operand.map((wanted) =>
    isOperatorObject(wanted) && '$elemMatch' in wanted
      ? compileCondition(wanted, context, depth + 1)
      : fieldTests.equal(wanted, context.collation),
  );
  return (document, path, position) =>
    tests.length > 0 && tests.every((test) => test(document, path, position));
}

function logical(name: string, operand: unknown, context: MatchContext, depth: number): Matcher[] {
  switch (name) {
    case '$comment':
    case '$alwaysTrue':
      return [];
    case '$alwaysFalse':
      return [() => false];
    case '$and':
    case '$or':
    case '$nor': {
      if (!isArray(operand) || operand.length === 0)
        fail('BadValue', `${name} argument must be a non-empty array`);
      const parts = operand.map((part) => compileFilter(part, context, depth + 1));
      if (name === '$and') return [(document, position) => parts.every((part) => part(document, position))];
      if (name === '$or') return [(document, position) => parts.some((part) => part(document, position))];
      return [(document) => !parts.some((part) => part(document))];
    }
    case '$expr': {
      const evaluate = context.expression(operand);
      return [
        (document) => {
          const result = isDocument(document) ? evaluate(document) : undefined;
          return (
            !isMissing(result) &&
            (typeof result === 'object'
              ? asFlagOrObject(result)
              : asFlag(result) || typeof result === 'string')
          );
        },
      ];
    }
    case '$jsonSchema':
      return [schemaMatcher(operand, context)];
    case '$where':
    case '$text':
      return fail('NotImplemented', `${name} is not supported by this store`);
    default:
      return fail('BadValue', `unknown top level operator: ${name}`);
  }
}

/** In expressions every object is true, except the number zero in one of its classes. */
const asFlagOrObject = (value: object): boolean =>
  '_bsontype' in value && 'value' in value ? asFlag(value) : true;
