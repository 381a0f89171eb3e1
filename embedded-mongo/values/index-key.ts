import type { Collation } from './collation.ts';
import { bytesOf, regexParts, stringOf, subtypeOf, timestampBits } from './compare.ts';
import {
  isArray,
  isBinary,
  isCode,
  isDocument,
  isNumber,
  isObjectId,
  isRegex,
  isTimestamp,
  rank,
  rankOf,
} from './kinds.ts';
import { align, type ExactNumber, exact, type Fraction, toDouble, toFraction } from './numbers.ts';

/**
 * Encodes a value as a string of byte-sized characters whose plain string order is MongoDB's value order, and which is
 * equal exactly when the values are. No encoding is a prefix of another, so keys of several fields may be concatenated.
 */
export function indexKey(value: unknown, collation?: Collation): string {
  const kind = rankOf(value);
  return String.fromCharCode(kind) + payload(kind, value, collation);
}

/** What all keys of a type begin with. */
export const typePrefix = (kind: number): string => String.fromCharCode(kind);

/** Sorts after every character of a key: `prefix + afterAll` lies behind all keys with that prefix. */
export const afterAll = '\u0100';

/** The key with its order turned round, for descending fields. */
export function invertKey(key: string): string {
  let inverted = '';
  for (let at = 0; at < key.length; at++) inverted += String.fromCharCode(255 - key.charCodeAt(at));
  return inverted;
}

function payload(kind: number, value: unknown, collation: Collation | undefined): string {
  if (isNumber(value)) return numberKey(exact(value), 0);
  if (kind === rank.string) {
    const text = stringOf(value);
    return stringKey(collation ? collation.equalityKey(text) : text);
  }
  if (isObjectId(value)) return value.toHexString();
  if (kind === rank.boolean) return value === true ? '\x01' : '\x00';
  if (kind === rank.date) return sortableDouble(Number(value));
  if (isDocument(value)) {
    let key = '';
    for (const name of Object.keys(value)) {
      const field = value[name];
      const fieldKind = rankOf(field);
      key += String.fromCharCode(fieldKind) + stringKey(name) + payload(fieldKind, field, collation);
    }
    return `${key}\x00`;
  }
  if (isArray(value)) return `${value.map((element) => indexKey(element, collation)).join('')}\x00`;
  if (isBinary(value)) {
    const bytes = bytesOf(value);
    const length = sortableDouble(bytes.length);
    return length + String.fromCharCode(subtypeOf(value)) + Buffer.from(bytes).toString('latin1');
  }
  if (isTimestamp(value)) return timestampBits(value).toString(16).padStart(16, '0');
  if (isRegex(value)) return regexParts(value).map(stringKey).join('');
  if (isCode(value)) return stringKey(String(value.code));
  return '';
}

/** UTF-8, ended by two zero bytes; a zero byte within is followed by 255, so that it still sorts after the end. */
function stringKey(text: string): string {
  if (plainText.test(text)) return `${text}\0\0`;
  return `${Buffer.from(text).toString('latin1').replaceAll('\0', '\0\xff')}\0\0`;
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: only the zero byte needs care
const plainText = /^[\x01-\x7f]*$/;

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** The eight bytes of a double, changed so that they sort as the number does. */
function sortableDouble(value: number): string {
  if (Number.isNaN(value)) return '\0\0\0\0\0\0\0\0';
  double[0] = value === 0 ? 0 : value;
  // Little-endian: the second word holds the sign.
  let low = words[0] ?? 0;
  let high = words[1] ?? 0;
  if (high & 0x80000000) {
    low = ~low;
    high = ~high;
  } else high |= 0x80000000;
  return (
    String.fromCharCode((high >>> 24) & 255, (high >>> 16) & 255, (high >>> 8) & 255, high & 255) +
    String.fromCharCode((low >>> 24) & 255, (low >>> 16) & 255, (low >>> 8) & 255, low & 255)
  );
}

const maxDepth = 4; // 4 doubles carry over 200 bits; a Decimal128 has 113

/**
 * The nearest double, then whether the number lies below, on or above it, then (unless on it) the remainder in the same
 * way. So equal numbers of different classes share a key, and long integers and decimals sort exactly.
 */
function numberKey(value: ExactNumber, depth: number): string {
  if (typeof value === 'number') return `${sortableDouble(value)}\x01`;
  const near = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, toDouble(value)));
  const rest = remainder(toFraction(value), near);
  if (rest.coefficient === 0n) return `${sortableDouble(near)}\x01`;
  const side = rest.coefficient < 0n ? '\x00' : '\x02';
  if (depth === maxDepth)
    return sortableDouble(near) + side + stringKey(`${rest.coefficient}e${rest.exponent}`);
  return sortableDouble(near) + side + numberKey(rest, depth + 1);
}

function remainder(value: Fraction, near: number): Fraction {
  // The shortest text of a double stands for it here, as it does in comparisons.
  const { a, b, exponent } = align(value, toFraction(near));
  let coefficient = a - b;
  let power = exponent;
  while (coefficient !== 0n && coefficient % 10n === 0n) {
    coefficient /= 10n;
    power++;
  }
  return { coefficient, exponent: power };
}
