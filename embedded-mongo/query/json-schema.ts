import { fail } from '../errors.ts';
import { compare, equals } from '../values/compare.ts';
import { getField } from '../values/documents.ts';
import { isArray, isDocument, isNumber, typeName } from '../values/kinds.ts';
import { asNumber } from '../values/numbers.ts';
import type { MatchContext, Matcher } from './matcher.ts';
import { toRegExp } from './regex.ts';

type Check = (value: unknown) => boolean;
const described = new Set(['title', 'description', '$comment']);

/** Compiles a `$jsonSchema`. Keywords outside the supported set are refused, since ignoring one would accept too much. */
export function schemaMatcher(schema: unknown, context: MatchContext): Matcher {
  const check = compile(schema, context);
  return (document) => check(document);
}

function compile(schema: unknown, context: MatchContext): Check {
  if (!isDocument(schema)) fail('TypeMismatch', '$jsonSchema must be an object');
  const checks: Check[] = [];
  for (const keyword of Object.keys(schema)) {
    if (described.has(keyword)) continue;
    checks.push(keywordCheck(keyword, schema[keyword], getField(schema, 'properties'), context));
  }
  return (value) => checks.every((check) => check(value));
}

function keywordCheck(keyword: string, operand: unknown, properties: unknown, context: MatchContext): Check {
  switch (keyword) {
    case 'bsonType':
    case 'type': {
      const wanted = (isArray(operand) ? operand : [operand]).map(bsonName);
      return (value) =>
        wanted.some((name) => (name === 'number' ? isNumber(value) : typeName(value) === name));
    }
    case 'required': {
      const names = isArray(operand)
        ? operand.map(String)
        : fail('TypeMismatch', "'required' must be an array");
      return onDocuments((value) => names.every((name) => Object.hasOwn(value, name)));
    }
    case 'properties': {
      if (!isDocument(operand)) fail('TypeMismatch', "'properties' must be an object");
      const checks = Object.keys(operand).map((name) => ({ name, check: compile(operand[name], context) }));
      return onDocuments((value) =>
        checks.every(({ name, check }) => !Object.hasOwn(value, name) || check(value[name])),
      );
    }
    case 'additionalProperties': {
      const known = new Set(isDocument(properties) ? Object.keys(properties) : []);
      const check =
        operand === true ? () => true : operand === false ? () => false : compile(operand, context);
      return onDocuments((value) =>
        Object.keys(value).every((name) => known.has(name) || check(value[name])),
      );
    }
    case 'items': {
      const check = compile(operand, context);
      return (value) => !isArray(value) || value.every(check);
    }
    case 'enum': {
      const values = isArray(operand) ? operand : fail('TypeMismatch', "'enum' must be an array");
      return (value) => values.some((one) => equals(one, value));
    }
    case 'minimum':
      return (value) => !isNumber(value) || compare(value, operand) >= 0;
    case 'maximum':
      return (value) => !isNumber(value) || compare(value, operand) <= 0;
    case 'minLength':
      return (value) => typeof value !== 'string' || [...value].length >= asNumber(operand, 0);
    case 'maxLength':
      return (value) => typeof value !== 'string' || [...value].length <= asNumber(operand, 0);
    case 'minItems':
      return (value) => !isArray(value) || value.length >= asNumber(operand, 0);
    case 'maxItems':
      return (value) => !isArray(value) || value.length <= asNumber(operand, 0);
    case 'pattern': {
      const pattern = toRegExp(operand);
      return (value) => typeof value !== 'string' || pattern.test(value);
    }
    case 'allOf':
    case 'anyOf':
    case 'oneOf': {
      if (!isArray(operand)) fail('TypeMismatch', `'${keyword}' must be an array`);
      const checks = operand.map((part) => compile(part, context));
      if (keyword === 'allOf') return (value) => checks.every((check) => check(value));
      if (keyword === 'anyOf') return (value) => checks.some((check) => check(value));
      return (value) => checks.filter((check) => check(value)).length === 1;
    }
    case 'not': {
      const check = compile(operand, context);
      return (value) => !check(value);
    }
    default:
      return fail('NotImplemented', `$jsonSchema keyword '${keyword}' is not supported by this store`);
  }
}

const onDocuments =
  (check: (value: Record<string, unknown>) => boolean): Check =>
  (value) =>
    !isDocument(value) || check(value);

const bsonName = (name: unknown): string =>
  name === 'integer' ? 'int' : name === 'boolean' ? 'bool' : String(name);
