import { type Binary, type BSONRegExp, Timestamp } from 'bson';
import type { Collation } from './collation.ts';
import {
  bsonTypeOf,
  isArray,
  isBinary,
  isCode,
  isDocument,
  isNumber,
  isObjectId,
  isRegex,
  isTimestamp,
  numberClass,
  rank,
  rankOf,
} from './kinds.ts';
import { compareNumbers } from './numbers.ts';

/** MongoDB's total order over values of all types: below zero, zero or above zero. */
export function compare(a: unknown, b: unknown, collation?: Collation): number {
  const kind = rankOf(a);
  const other = rankOf(b);
  if (kind !== other) return kind - other;
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  if (kind === rank.string) {
    const x = stringOf(a);
    const y = stringOf(b);
    return collation ? collation.compare(x, y) : compareStrings(x, y);
  }
  if (isObjectId(a) && isObjectId(b)) return order(a.toHexString(), b.toHexString());
  if (isArray(a) && isArray(b)) return compareArrays(a, b, collation);
  if (isDocument(a) && isDocument(b)) return compareDocuments(a, b, collation);
  if (isBinary(a) && isBinary(b)) return compareBinary(a, b);
  if (kind === rank.boolean || kind === rank.date) return Number(a) - Number(b);
  if (isTimestamp(a) && isTimestamp(b)) return order(timestampBits(a), timestampBits(b));
  if (isRegex(a) && isRegex(b)) return order(regexParts(a).join('\0'), regexParts(b).join('\0'));
  if (isCode(a) && isCode(b)) return order(String(a.code), String(b.code));
  return 0;
}

export const equals = (a: unknown, b: unknown, collation?: Collation): boolean =>
  compare(a, b, collation) === 0;

/** Equal and of the same number classes throughout: nothing would change if one replaced the other. */
export function identical(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (rankOf(a) !== rankOf(b)) return false;
  if (isNumber(a) && isNumber(b)) return numberClass(a) === numberClass(b) && compareNumbers(a, b) === 0;
  if (isArray(a) && isArray(b))
    return a.length === b.length && a.every((value, at) => identical(value, b[at]));
  if (isDocument(a) && isDocument(b)) {
    const names = Object.keys(a);
    const others = Object.keys(b);
    return (
      names.length === others.length &&
      names.every((name, at) => name === others[at] && identical(a[name], b[name]))
    );
  }
  return compare(a, b) === 0;
}

/** Order by UTF-8 bytes. Code units order the same way except where surrogates are involved. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}
const surrogate = /[\ud800-\udfff]/;

const order = <T extends string | bigint>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

function compareArrays(a: unknown[], b: unknown[], collation?: Collation): number {
  for (let at = 0; at < a.length && at < b.length; at++) {
    const result = compare(a[at], b[at], collation);
    if (result !== 0) return result;
  }
  return a.length - b.length;
}

/** Field by field in stored order: type, then name, then value. */
function compareDocuments(
  a: Record<string, unknown>,
  b: Record<string, unknown>,
  collation?: Collation,
): number {
  const names = Object.keys(a);
  const others = Object.keys(b);
  for (let at = 0; at < names.length && at < others.length; at++) {
    const name = names[at] ?? '';
    const other = others[at] ?? '';
    const result =
      rankOf(a[name]) - rankOf(b[other]) ||
      compareStrings(name, other) ||
      compare(a[name], b[other], collation);
    if (result !== 0) return result;
  }
  return names.length - others.length;
}

function compareBinary(a: Binary | Uint8Array, b: Binary | Uint8Array): number {
  const x = bytesOf(a);
  const y = bytesOf(b);
  return x.length - y.length || subtypeOf(a) - subtypeOf(b) || Buffer.compare(x, y);
}

export function bytesOf(value: Binary | Uint8Array): Uint8Array {
  return value instanceof Uint8Array ? value : value.buffer.subarray(0, value.position);
}
export const subtypeOf = (value: Binary | Uint8Array): number =>
  value instanceof Uint8Array ? 0 : value.sub_type;

export const timestampBits = (value: Timestamp): bigint => BigInt.asUintN(64, value.toBigInt());
export const timestampFrom = (bits: bigint): Timestamp =>
  Timestamp.fromBits(Number(bits & 0xffffffffn) | 0, Number(bits >> 32n) | 0);

export function stringOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return bsonTypeOf(value) === 'BSONSymbol' ? String(value) : '';
}

export function regexParts(value: RegExp | BSONRegExp): [pattern: string, flags: string] {
  return value instanceof RegExp ? [value.source, value.flags] : [value.pattern, value.options];
}
