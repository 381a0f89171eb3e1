import type { PathStep } from '../planner/plan.ts';
import type { TypeRelations } from '../supergraph/type-relations.ts';
import { FieldFailure } from './failures.ts';
import type { ResponseObject } from './merge.ts';

/** Finds the objects at a place of the response, in order; what is null or failed on the way has none. */
export type Gather = (value: unknown, into: ResponseObject[]) => void;

type Step = { readonly key: string } | { readonly typenames: ReadonlySet<string> };

export function compileGather(path: readonly PathStep[], types: TypeRelations): Gather {
  // Lists are walked wherever they are met, so "every item" needs no step of its own.
  const steps: Step[] = path.flatMap((step): Step[] => {
    if ('everyItem' in step) return [];
    return 'key' in step ? [step] : [{ typenames: namesOf(step.typenames, types) }];
  });
  const walk = (value: unknown, depth: number, into: ResponseObject[]): void => {
    if (typeof value !== 'object' || value === null || value instanceof FieldFailure) return;
    if (Array.isArray(value)) {
      for (const item of value) walk(item, depth, into);
      return;
    }
    const object = value as ResponseObject; // neither null, list nor marker: an object of the response
    const step = steps[depth];
    if (step === undefined) into.push(object);
    else if ('key' in step) walk(object[step.key], depth + 1, into);
    else if (step.typenames.has(String(object['__typename']))) walk(object, depth + 1, into);
  };
  return (value, into) => walk(value, 0, into);
}

/** Every name that counts as one of `typenames`. */
export function namesOf(typenames: readonly string[], types: TypeRelations): ReadonlySet<string> {
  return new Set(typenames.flatMap((typename) => [...types.including(typename)]));
}
