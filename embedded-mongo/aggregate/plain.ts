import { toRegExp } from '../query/regex.ts';
import { setField } from '../values/documents.ts';
import {
  bsonTypeOf,
  type Doc,
  isArray,
  isDocument,
  isNumber,
  isRegex,
  numberClass,
} from '../values/kinds.ts';
import { asNumber, exact } from '../values/numbers.ts';

const converted = new WeakMap<object, unknown>();

/**
 * A value as the expression library wants it: small numbers as JavaScript's. Decimals, and longs that a double cannot
 * hold, stay what they are; the replaced arithmetic understands them.
 */
export function toPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isNumber(value)) {
    if (numberClass(value) === 'Decimal128') return value;
    return typeof exact(value) === 'number' ? asNumber(value, 0) : value;
  }
  if (isRegex(value)) return toRegExp(value);
  if (bsonTypeOf(value) === 'BSONSymbol') return String(value);
  const known = converted.get(value);
  if (known !== undefined) return known;
  if (isArray(value)) return remember(value, value.map(toPlain));
  if (!isDocument(value) || bsonTypeOf(value) !== undefined) return value;
  const plain: Doc = {};
  for (const name of Object.keys(value)) setField(plain, name, toPlain(value[name]));
  return remember(value, plain);
}

function remember(value: object, plain: unknown): unknown {
  converted.set(value, plain);
  return plain;
}
