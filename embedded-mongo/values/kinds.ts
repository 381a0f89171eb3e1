import type { Binary, BSONRegExp, Code, Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'bson';

/** A decoded document. Numbers stay wrapped (Int32, Double, Long, Decimal128), so that their type survives. */
export type Doc = { [field: string]: unknown };
export type NumberValue = number | bigint | Int32 | Double | Long | Decimal128;

/** MongoDB's order of types: values of different kinds compare by these ranks. */
export const rank = {
  minKey: 1,
  missing: 4,
  null: 5,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  boolean: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  code: 60,
  maxKey: 127,
} as const;

const rankByBsonType: Record<string, number> = {
  Int32: rank.number,
  Double: rank.number,
  Long: rank.number,
  Decimal128: rank.number,
  BSONSymbol: rank.string,
  DBRef: rank.object,
  Binary: rank.binary,
  UUID: rank.binary,
  ObjectId: rank.objectId,
  Timestamp: rank.timestamp,
  BSONRegExp: rank.regex,
  Code: rank.code,
  MinKey: rank.minKey,
  MaxKey: rank.maxKey,
};

export function bsonTypeOf(value: unknown): string | undefined {
  return typeof value === 'object' &&
    value !== null &&
    '_bsontype' in value &&
    typeof value._bsontype === 'string'
    ? value._bsontype
    : undefined;
}

export function rankOf(value: unknown): number {
  switch (typeof value) {
    case 'undefined':
      return rank.missing;
    case 'number':
    case 'bigint':
      return rank.number;
    case 'string':
      return rank.string;
    case 'boolean':
      return rank.boolean;
  }
  if (value === null) return rank.null;
  if (Array.isArray(value)) return rank.array;
  if (value instanceof Date) return rank.date;
  if (value instanceof RegExp) return rank.regex;
  if (value instanceof Uint8Array) return rank.binary;
  const type = bsonTypeOf(value);
  return type === undefined ? rank.object : (rankByBsonType[type] ?? rank.code);
}

export const isArray = (value: unknown): value is unknown[] => Array.isArray(value);
export const isMissing = (value: unknown): value is null | undefined => value === null || value === undefined;
export const isDocument = (value: unknown): value is Doc => rankOf(value) === rank.object;
export const isNumber = (value: unknown): value is NumberValue => rankOf(value) === rank.number;
export const isRegex = (value: unknown): value is RegExp | BSONRegExp => rankOf(value) === rank.regex;
export const isBinary = (value: unknown): value is Binary | Uint8Array => rankOf(value) === rank.binary;
export const isObjectId = (value: unknown): value is ObjectId => bsonTypeOf(value) === 'ObjectId';
export const isTimestamp = (value: unknown): value is Timestamp => bsonTypeOf(value) === 'Timestamp';
export const isCode = (value: unknown): value is Code => bsonTypeOf(value) === 'Code';

/** A document whose first field is an operator, as in `{ $gt: 5 }`. A database reference is not one. */
export function isOperatorObject(value: unknown): value is Doc {
  if (!isDocument(value)) return false;
  for (const first in value)
    return first.startsWith('$') && first !== '$ref' && first !== '$id' && first !== '$db';
  return false;
}

const typeNumbers: Record<string, number> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};
const typeNames = new Map(Object.entries(typeNumbers).map(([name, number]) => [number, name]));
const nameByRank = new Map<number, string>([
  [rank.minKey, 'minKey'],
  [rank.missing, 'missing'],
  [rank.null, 'null'],
  [rank.string, 'string'],
  [rank.object, 'object'],
  [rank.array, 'array'],
  [rank.binary, 'binData'],
  [rank.objectId, 'objectId'],
  [rank.boolean, 'bool'],
  [rank.date, 'date'],
  [rank.timestamp, 'timestamp'],
  [rank.regex, 'regex'],
  [rank.code, 'javascript'],
  [rank.maxKey, 'maxKey'],
]);
const nameByNumberClass: Record<string, string> = {
  Int32: 'int',
  Double: 'double',
  Long: 'long',
  Decimal128: 'decimal',
};

/** The class a number is stored as. Plain numbers come from computed values and are given the narrowest class. */
export function numberClass(value: NumberValue): 'Int32' | 'Double' | 'Long' | 'Decimal128' {
  if (typeof value === 'bigint') return 'Long';
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) < 2 ** 31 && !Object.is(value, -0) ? 'Int32' : 'Double';
  return value._bsontype;
}

/** The type's name as `$type` and error messages use it. */
export function typeName(value: unknown): string {
  if (isNumber(value)) return nameByNumberClass[numberClass(value)] ?? 'double';
  if (bsonTypeOf(value) === 'BSONSymbol') return 'symbol';
  return nameByRank.get(rankOf(value)) ?? 'javascript';
}

/** The name of a type given by name or number; undefined if there is no such type. */
export function typeNameFrom(nameOrNumber: string | number): string | undefined {
  if (typeof nameOrNumber === 'number') return typeNames.get(nameOrNumber);
  return nameOrNumber in typeNumbers ? nameOrNumber : undefined;
}
