import type { Finding } from './finding.ts';

type Told = Pick<Finding, 'reference' | 'verdict' | 'differences'>;

/** What a finding is called among the work for people: `usual`, but for another number under the same reference: the system has two. */
export function exceptionKindOf({ differences }: Pick<Told, 'differences'>, usual: string): string {
  return differences.some(({ field }) => field === 'number') ? 'DUPLICATE_SUSPECTED' : usual;
}

/** A finding as somebody reads it who knows the business and not this software, both sides shown. */
export function inWords(system: string, kind: string, { reference, verdict, differences }: Told): string {
  const what = `${kind} ${reference}`;
  switch (verdict) {
    case 'MISSING':
      return `${what}: ${system} told us that it has it, and has it no more`;
    case 'UNKNOWN':
      return `${what}: ${system} has it, and we know nothing of it`;
    case 'DIFFERENT': {
      const sides = differences.map(
        ({ field, ours, theirs }) => `${field} is ${ours} here and ${theirs} in ${system}`,
      );
      return `${what}: ${sides.join('; ')}`;
    }
  }
}
