import type { EntityLookup } from '../planner/plan.ts';
import type { TypeRelations } from '../supergraph/type-relations.ts';
import type { Representations } from '../transports/transport.ts';
import { type Failure, FieldFailure, markUnknown } from './failures.ts';
import { mergeObject, type ResponseObject } from './merge.ts';
import { createPartsIndex, plainParts } from './parts-index.ts';
import { compileGather } from './paths.ts';
import { compileRepresent } from './representations.ts';
import { compileRewrites } from './rewrites.ts';
import { applyRenames, type SelectionTree } from './selection-tree.ts';

/** What one `_entities` field asks: each distinct representation once, with the objects that wait for its answer. */
export interface EntityBatch extends Representations {
  readonly values: ResponseObject[];
  readonly waiting: ResponseObject[][];
}

export interface CompiledLookup {
  collect(targets: readonly ResponseObject[]): EntityBatch;
  /** Hands the answers to whom they belong. `whole` is why there are none at all. */
  accept(batch: EntityBatch, data: ResponseObject | null | undefined, whole: Failure | undefined): void;
}

export function compileEntityLookup(
  entity: EntityLookup,
  operation: SelectionTree,
  types: TypeRelations,
): CompiledLookup {
  const tree: SelectionTree = operation.get(entity.responseKey) ?? new Map();
  applyRenames(tree, entity.outputRewrites);
  const gathers = entity.paths?.map((path) => compileGather(path, types));
  const represent = compileRepresent(entity.requires, types);
  const parts = plainParts(entity.requires);
  const rewriteInput = compileRewrites(entity.inputRewrites, types);
  const rewriteOutput = compileRewrites(entity.outputRewrites, types);

  const find = (targets: readonly ResponseObject[]): readonly ResponseObject[] => {
    if (gathers === undefined) return targets;
    const found: ResponseObject[] = [];
    for (const gather of gathers) for (const target of targets) gather(target, found);
    return found;
  };

  return {
    collect(targets) {
      const batch: EntityBatch = { variable: entity.variable, values: [], waiting: [] };
      const places = new Map<string, ResponseObject[]>();
      const byParts = parts === undefined ? undefined : createPartsIndex<ResponseObject[]>(parts);
      for (const object of find(targets)) {
        const met = byParts?.find(object);
        if (met !== undefined) {
          met.push(object);
          continue;
        }
        const representation = represent(object);
        if (representation === undefined) continue;
        if (representation instanceof FieldFailure) {
          // What could not be asked fails for the reason its input failed for.
          markUnknown(object, tree.keys(), representation.failure);
          continue;
        }
        rewriteInput?.(representation);
        const waiting = [object];
        const isFound = byParts?.enter(object, waiting) === true;
        // Plain parts tell all there is to tell; else, and where a rewrite can make different ones equal, the whole text decides.
        if (!isFound || rewriteInput !== undefined) {
          const json = JSON.stringify(representation);
          const known = places.get(json);
          if (known !== undefined) {
            known.push(object);
            if (isFound) byParts?.enter(object, known);
            continue;
          }
          places.set(json, waiting);
        }
        batch.values.push(representation);
        batch.waiting.push(waiting);
      }
      return batch;
    },

    accept(batch, data, whole) {
      const answers = data?.[entity.responseKey];
      for (const [index, waiting] of batch.waiting.entries()) {
        const answer: unknown = Array.isArray(answers) ? answers[index] : answers;
        const failure = answer instanceof FieldFailure ? answer.failure : whole;
        if (answer === null || answer === undefined || answer instanceof FieldFailure) {
          const unanswered = !Array.isArray(answers) || answer instanceof FieldFailure;
          if (failure !== undefined && unanswered) {
            for (const object of waiting) markUnknown(object, tree.keys(), failure);
          }
          continue;
        }
        const entityObject = answer as ResponseObject; // `_entities` answers objects; null was handled above
        if (rewriteOutput !== undefined) {
          // Rewrites go by type, which an answer that was not asked for it does not name.
          entityObject['__typename'] ??= waiting[0]?.['__typename'];
          rewriteOutput(entityObject);
        }
        for (const object of waiting) mergeObject(object, entityObject, tree, types, waiting.length > 1);
      }
    },
  };
}
