import { ObjectId, Timestamp } from 'bson';
import { pipelineUpdate } from '../aggregate/pipeline-update.ts';
import { CommandError, fail } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import type { MatchContext } from '../query/matcher.ts';
import { type CommandContext, variablesOf } from '../server/command.ts';
import type { Collection } from '../store/collection.ts';
import type { StoredDocument } from '../store/stored-document.ts';
import { compileUpdate, type Update, upsertSeed, withIdFirst } from '../update/update.ts';
import { identical } from '../values/compare.ts';
import { type Doc, isArray, isDocument, isRegex, isTimestamp } from '../values/kinds.ts';
import { asFlag } from '../values/numbers.ts';
import type { Match } from './matching.ts';

/** Inserts a document: `_id` made if absent and put first, validated against the collection's rules. */
export function insertDocument(
  context: CommandContext,
  collection: Collection,
  given: Doc,
  match: MatchContext,
): StoredDocument {
  const document = withIdFirst(given, () => new ObjectId());
  requireStorableId(document._id);
  stampEmptyTimestamps(document, context.store.nowMs());
  validate(context, collection, document, match);
  return context.view.insert(collection, document);
}

/** Compiles a statement's update with everything its meaning depends on. */
export function updateOf(context: CommandContext, spec: Doc, update: unknown, match: MatchContext): Update {
  const nowMs = context.store.nowMs();
  const constants = isDocument(spec.c) ? spec.c : {};
  return compileUpdate(update, {
    match,
    nowMs,
    arrayFilters: spec.arrayFilters,
    multi: asFlag(spec.multi),
    pipeline: (stages) =>
      pipelineUpdate(stages, { variables: { ...variablesOf(context), ...constants }, nowMs }),
  });
}

/** Applies an update to one match. The new version, or undefined when nothing changes. */
export function modifyMatch(
  context: CommandContext,
  collection: Collection,
  { stored, position }: Match,
  update: Update,
  match: MatchContext,
): StoredDocument | undefined {
  const before = stored.document;
  const after = update.apply(before, position, false);
  if (identical(before, after)) return undefined;
  validate(context, collection, after, match);
  return context.view.update(collection, stored, after, update.kind === 'replace' ? 'replace' : 'update');
}

/** Inserts what an upsert makes when nothing matched. */
export function upsert(
  context: CommandContext,
  collection: Collection,
  filter: unknown,
  update: Update,
  match: MatchContext,
): StoredDocument {
  const seed = upsertSeed(isDocument(filter) ? filter : {});
  const base = update.kind === 'replace' ? ('_id' in seed ? { _id: seed._id } : {}) : seed;
  return insertDocument(context, collection, update.apply(base, undefined, true), match);
}

function validate(context: CommandContext, collection: Collection, document: Doc, match: MatchContext): void {
  const { validator, validationAction } = collection.options;
  if (
    !isDocument(validator) ||
    validationAction === 'warn' ||
    asFlag(context.command.bypassDocumentValidation)
  )
    return;
  if (compileFilter(validator, match)(document)) return;
  throw new CommandError('DocumentValidationFailure', 'Document failed validation', {
    fields: {
      errInfo: {
        failingDocumentId: document._id,
        details: {
          operatorName: Object.keys(validator)[0],
          specifiedAs: validator,
          reason: 'the document did not match',
        },
      },
    },
  });
}

function requireStorableId(id: unknown): void {
  if (isArray(id)) fail('BadValue', "The '_id' value cannot be of type array");
  if (isRegex(id)) fail('BadValue', "The '_id' value cannot be of type regex");
  if (isDocument(id) && Object.keys(id).some((name) => name.startsWith('$')))
    fail('DollarPrefixedFieldName', "_id fields may not contain '$'-prefixed fields");
}

/** An empty timestamp at the top level stands for the time of the insert. */
function stampEmptyTimestamps(document: Doc, nowMs: number): void {
  for (const name of Object.keys(document)) {
    const value = document[name];
    if (name !== '_id' && isTimestamp(value) && value.isZero())
      document[name] = new Timestamp({ t: Math.floor(nowMs / 1000), i: 1 });
  }
}
