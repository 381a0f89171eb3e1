import type { PathStep, Rewrite } from '../planner/plan.ts';
import type { TypeRelations } from '../supergraph/type-relations.ts';
import { FieldFailure } from './failures.ts';
import type { ResponseObject } from './merge.ts';
import { namesOf } from './paths.ts';

/** Changes a representation or an answer in place. */
export type ApplyRewrites = (value: unknown) => void;

/** Undefined when there is nothing to rewrite, which is the rule. */
export function compileRewrites(
  rewrites: readonly Rewrite[],
  types: TypeRelations,
): ApplyRewrites | undefined {
  if (rewrites.length === 0) return undefined;
  const each = rewrites.map((rewrite) => compileRewrite(rewrite, types));
  return (value) => {
    for (const apply of each) apply(value);
  };
}

type Step = { readonly key: string } | { readonly typenames: ReadonlySet<string> };

function compileRewrite(rewrite: Rewrite, types: TypeRelations): ApplyRewrites {
  const steps = rewrite.path.slice(0, -1).flatMap((step) => compileStep(step, types));
  const last = rewrite.path.at(-1);
  if (last === undefined || !('key' in last)) throw new Error('a rewrite must end at a key');
  const change = compileChange(rewrite, last.key);

  const walk = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || value instanceof FieldFailure) return;
    if (Array.isArray(value)) {
      for (const item of value) walk(item, depth);
      return;
    }
    const object = value as ResponseObject; // neither null, list nor marker
    const step = steps[depth];
    if (step === undefined) change(object);
    else if ('key' in step) walk(object[step.key], depth + 1);
    else if (object['__typename'] === undefined || step.typenames.has(String(object['__typename']))) {
      walk(object, depth + 1);
    }
  };
  return (value) => walk(value, 0);
}

function compileStep(step: PathStep, types: TypeRelations): Step[] {
  if ('everyItem' in step) return [];
  return 'key' in step ? [step] : [{ typenames: namesOf(step.typenames, types) }];
}

function compileChange(rewrite: Rewrite, key: string): (object: ResponseObject) => void {
  if (rewrite.kind === 'SetValue') {
    return (object) => {
      object[key] = rewrite.value;
    };
  }
  return (object) => {
    if (object[key] === undefined) return;
    object[rewrite.to] = object[key];
    delete object[key];
  };
}
