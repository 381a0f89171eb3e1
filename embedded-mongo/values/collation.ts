import { fail } from '../errors.ts';
import { isDocument } from './kinds.ts';
import { asFlag, asNumber } from './numbers.ts';

/** How strings compare under a locale, and a key under which equal strings are the same string. */
export type Collation = {
  compare(a: string, b: string): number;
  equalityKey(text: string): string;
};

/** Reads a command's `collation`. Undefined means plain comparison of bytes: no collation, or the `simple` locale. */
export function collationFrom(spec: unknown): Collation | undefined {
  if (spec === undefined || spec === null) return undefined;
  if (!isDocument(spec)) fail('TypeMismatch', 'collation must be an object');
  const locale = spec.locale;
  if (typeof locale !== 'string')
    fail(40_414, "BSON field 'collation.locale' is missing but a required field");
  if (locale === 'simple') return undefined;
  const strength = asNumber(spec.strength, 3);
  const caseLevel = asFlag(spec.caseLevel);
  const collator = createCollator(locale, {
    sensitivity: sensitivity(strength, caseLevel),
    numeric: asFlag(spec.numericOrdering),
    caseFirst: spec.caseFirst === 'upper' ? 'upper' : 'false',
  });
  return {
    compare: collator.compare,
    equalityKey(text) {
      const marked = text.normalize('NFKD');
      const folded = strength === 1 ? marked.replace(/\p{M}/gu, '') : marked;
      return strength < 3 && !caseLevel ? folded.toLowerCase() : folded;
    },
  };
}

function createCollator(locale: string, options: Intl.CollatorOptions): Intl.Collator {
  try {
    return new Intl.Collator(locale.replace('_', '-'), options);
  } catch {
    return fail('BadValue', `Field 'locale' is invalid in the collation: ${locale}`);
  }
}

function sensitivity(strength: number, caseLevel: boolean): 'base' | 'case' | 'accent' | 'variant' {
  if (strength === 1) return caseLevel ? 'case' : 'base';
  if (strength === 2) return caseLevel ? 'variant' : 'accent';
  return 'variant';
}
