import { fail } from '../errors.ts';
import { regexParts } from '../values/compare.ts';
import { isRegex } from '../values/kinds.ts';

const maxPatternLength = 32_764;

/**
 * The JavaScript expression for a `$regex`. Understands the options i, m, s, u and x, also as a leading `(?i)` group.
 * Patterns are JavaScript's, not PCRE's: possessive quantifiers, for one, are refused as invalid.
 */
export function toRegExp(pattern: unknown, options?: unknown): RegExp {
  const [source, own] = isRegex(pattern) ? regexParts(pattern) : [pattern, ''];
  if (typeof source !== 'string') fail('BadValue', '$regex has to be a string');
  if (source.length > maxPatternLength) fail(51_091, 'Regular expression is invalid: pattern is too large');
  if (options !== undefined && typeof options !== 'string') fail('BadValue', '$options has to be a string');
  const inline = /^\(\?([imsx]+)\)/.exec(source);
  const flags = (options ?? own) + (inline?.[1] ?? '');
  const unknown = /[^imsuxgy]/.exec(flags);
  if (unknown) fail(51_108, `invalid flag in regex options: ${unknown[0]}`);
  const bare = inline ? source.slice(inline[0].length) : source;
  const text = flags.includes('x')
    ? bare.replace(/\\.|\s+|#.*$/gm, (match) => (match.startsWith('\\') ? match : ''))
    : bare;
  try {
    return new RegExp(text, [...new Set(flags.replace(/[^ims]/g, ''))].join(''));
  } catch (error) {
    return fail(
      51_091,
      `Regular expression is invalid: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** The literal text every match must begin with, for `^abc` without flags; undefined when there is none. */
export function literalPrefix(pattern: RegExp): string | undefined {
  if (pattern.flags !== '') return undefined;
  const start = /^\^([\w\s:/@,#=<>!%&"'`~;-]+)/.exec(pattern.source)?.[1];
  if (start === undefined || pattern.source.includes('|')) return undefined;
  const next = pattern.source.charAt(start.length + 1);
  // A quantifier makes the last character optional or repeated.
  return /[*?{+]/.test(next) ? start.slice(0, -1) || undefined : start;
}
