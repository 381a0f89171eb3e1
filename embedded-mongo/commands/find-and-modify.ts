import { fail } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import type { MatchContext } from '../query/matcher.ts';
import { compileProjection } from '../query/project.ts';
import {
  type Command,
  type CommandContext,
  collectionOf,
  collectionOrNew,
  matchContextOf,
  statement,
} from '../server/command.ts';
import { type Doc, isDocument } from '../values/kinds.ts';
import { asFlag, asNumber } from '../values/numbers.ts';
import { matching } from './matching.ts';
import { modifyMatch, updateOf, upsert } from './modify.ts';

const findAndModify: Command = { run, transactional: true, writes: true, retryable: true };
export const findAndModifyCommands = { findAndModify, findandmodify: findAndModify };

function run(context: CommandContext): Promise<Doc> {
  const { command } = context;
  const removes = asFlag(command.remove);
  if (removes && (command.update !== undefined || asFlag(command.new)))
    fail('FailedToParse', "Cannot specify both an 'update' and 'remove'=true");
  if (!removes && command.update === undefined)
    fail('FailedToParse', "Either an update or 'remove'=true must be given");
  return statement(context, asNumber(command.stmtId, 0), () => (removes ? remove(context) : modify(context)));
}

function find(context: CommandContext, match: MatchContext) {
  const { query, sort, hint } = context.command;
  return matching(context, collectionOf(context), { filter: query, sort, hint, limit: 1 }, match)[0];
}

function remove(context: CommandContext): Doc {
  const match = matchContextOf(context);
  const found = find(context, match);
  const collection = collectionOf(context);
  if (found && collection) context.view.delete(collection, found.stored);
  return {
    lastErrorObject: { n: found ? 1 : 0 },
    value: found ? projected(context, found.stored.document, match) : null,
  };
}

function modify(context: CommandContext): Doc {
  const { command } = context;
  const match = matchContextOf(context);
  const update = updateOf(context, command, command.update, match);
  const wantsNew = asFlag(command.new);
  const found = find(context, match);
  const collection = collectionOf(context);
  if (found && collection) {
    const after = modifyMatch(context, collection, found, update, match) ?? found.stored;
    return {
      lastErrorObject: { n: 1, updatedExisting: true },
      value: projected(context, (wantsNew ? after : found.stored).document, match),
    };
  }
  if (!asFlag(command.upsert)) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
  const inserted = upsert(context, collectionOrNew(context), command.query, update, match).document;
  return {
    lastErrorObject: { n: 1, updatedExisting: false, upserted: inserted._id },
    value: wantsNew ? projected(context, inserted, match) : null,
  };
}

function projected({ command }: CommandContext, document: Doc, match: MatchContext): Doc {
  const { fields } = command;
  if (!isDocument(fields) || Object.keys(fields).length === 0) return document;
  return compileProjection(fields, { match, filter: compileFilter(command.query ?? {}, match) })(document);
}
