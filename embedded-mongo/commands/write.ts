import { CommandError, fail } from '../errors.ts';
import {
  type Command,
  type CommandContext,
  collectionOf,
  collectionOrNew,
  matchContextOf,
  namespaceOf,
  statement,
} from '../server/command.ts';
import { validNamespace } from '../store/namespace.ts';
import { type Doc, isArray, isDocument } from '../values/kinds.ts';
import { asFlag, asNumber } from '../values/numbers.ts';
import { matching } from './matching.ts';
import { insertDocument, modifyMatch, updateOf, upsert } from './modify.ts';

const maxStatements = 100_000;
const kind = { transactional: true, writes: true, retryable: true } as const;

export const writeCommands: Record<string, Command> = {
  insert: { run: insert, ...kind },
  update: { run: update, ...kind },
  delete: { run: remove, ...kind },
};

async function insert(context: CommandContext): Promise<Doc> {
  validNamespace(namespaceOf(context));
  return statements(context, 'documents', (document) => {
    insertDocument(context, collectionOrNew(context), document, matchContextOf(context));
    return { n: 1 };
  });
}

async function update(context: CommandContext): Promise<Doc> {
  const { updates } = context.command;
  if (isArray(updates) && updates.some((spec) => isDocument(spec) && spec.sort !== undefined))
    fail(40_415, "BSON field 'update.updates.sort' is an unknown field.");
  return statements(context, 'updates', (spec) => {
    const match = matchContextOf(context, spec);
    const collection = collectionOf(context);
    const change = updateOf(context, spec, spec.u, match);
    const multi = asFlag(spec.multi);
    const found = matching(
      context,
      collection,
      { filter: spec.q, limit: multi ? undefined : 1, hint: spec.hint },
      match,
    );
    if (found.length === 0 && asFlag(spec.upsert)) {
      const { document } = upsert(context, collectionOrNew(context), spec.q, change, match);
      return { n: 1, nModified: 0, upserted: { _id: document._id } };
    }
    let modified = 0;
    if (collection)
      context.view.eachWhole(collection, found, (one) => {
        if (modifyMatch(context, collection, one, change, match)) modified++;
      });
    return { n: found.length, nModified: modified };
  });
}

async function remove(context: CommandContext): Promise<Doc> {
  return statements(context, 'deletes', (spec) => {
    const limit = asNumber(spec.limit, 0);
    if (limit !== 0 && limit !== 1)
      fail('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${limit}`);
    const collection = collectionOf(context);
    const found = matching(
      context,
      collection,
      { filter: spec.q, limit: limit || undefined, hint: spec.hint },
      matchContextOf(context, spec),
    );
    if (collection)
      context.view.eachWhole(collection, found, ({ stored }) => context.view.delete(collection, stored));
    return { n: found.length };
  });
}

/**
 * Runs a command's statements one after another and sums up their results. A failing statement is reported by its
 * place; the rest is still tried unless the command is ordered. Within a transaction the first failure ends it.
 */
async function statements(context: CommandContext, field: string, execute: (spec: Doc) => Doc): Promise<Doc> {
  const { command, view } = context;
  const list = command[field];
  if (!isArray(list) || list.length === 0 || list.length > maxStatements)
    fail(
      'InvalidLength',
      `Write batch sizes must be between 1 and ${maxStatements}. Got ${isArray(list) ? list.length : 0}.`,
    );
  const ordered = command.ordered === undefined || asFlag(command.ordered);
  const ids = isArray(command.stmtIds) ? command.stmtIds : [];
  const first = asNumber(command.stmtId, 0);
  let n = 0;
  let nModified = 0;
  const upserted: Doc[] = [];
  const writeErrors: Doc[] = [];
  for (const [index, spec] of list.entries()) {
    if (!isDocument(spec)) fail('TypeMismatch', `each of '${field}' must be an object`);
    refuseRetriedMulti(context, spec);
    try {
      const result = await statement(context, asNumber(ids[index], first + index), () => execute(spec));
      n += asNumber(result.n, 0);
      nModified += asNumber(result.nModified, 0);
      if (isDocument(result.upserted)) upserted.push({ index, _id: result.upserted._id });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      // A conflict is for the client to retry as a whole, not a fault of this statement.
      if (view.transaction && error.codeName === 'WriteConflict') throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.fields });
      if (ordered || view.transaction) break;
    }
  }
  return {
    n,
    ...(field === 'updates' ? { nModified } : {}),
    ...(upserted.length > 0 ? { upserted } : {}),
    ...(writeErrors.length > 0 ? { writeErrors } : {}),
  };
}

function refuseRetriedMulti({ retryable }: CommandContext, spec: Doc): void {
  if (retryable && (asFlag(spec.multi) || ('limit' in spec && asNumber(spec.limit, 1) === 0)))
    fail('InvalidOptions', 'Cannot use retryable writes with multi=true or limit=0');
}
