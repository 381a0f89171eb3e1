import { fail } from '../errors.ts';
import { compileFilter, type MatchContext } from '../query/match.ts';
import { plan } from '../query/plan.ts';
import { type SortField, sortBy, sortFields } from '../query/sort.ts';
import { type CommandContext, refuseLate } from '../server/command.ts';
import type { Collection } from '../store/collection.ts';
import type { StoredDocument } from '../store/stored-document.ts';
import { isDocument, isMissing } from '../values/kinds.ts';

/** A document that matched, and the array position that the positional `$` stands for. */
export type Match = { stored: StoredDocument; position: number | undefined };

export type MatchRequest = {
  filter: unknown;
  sort?: unknown;
  skip?: number;
  limit?: number | undefined;
  hint?: unknown;
};

/** The matching documents in the wanted order, all of them read now: later writes do not change the answer. */
export function matching(
  context: CommandContext,
  collection: Collection | undefined,
  request: MatchRequest,
  match: MatchContext,
): Match[] {
  const filter = request.filter ?? {};
  const matches = compileFilter(filter, match);
  const sort = readSort(request.sort);
  if (!collection) return [];
  const skip = request.skip ?? 0;
  const wanted = request.limit === undefined ? undefined : skip + request.limit;
  const chosen = plan(context.view, collection, {
    filter,
    sort: sort.fields,
    limit: wanted,
    collation: match.collation,
    hint: request.hint,
  });
  const stopAt = chosen.sorted && !sort.reversed ? wanted : undefined;
  const found: Match[] = [];
  let read = 0;
  for (const stored of chosen.candidates) {
    if ((++read & 255) === 0) refuseLate(context);
    const position: { index?: number } = {};
    if (!matches(stored.document, position)) continue;
    found.push({ stored, position: position.index });
    if (stopAt !== undefined && found.length >= stopAt) break;
  }
  if (sort.reversed) found.reverse();
  const ordered = chosen.sorted
    ? found
    : sortBy(found, sort.fields, ({ stored }) => stored.document, match.collation);
  return skip > 0 || (wanted !== undefined && ordered.length > wanted)
    ? ordered.slice(skip, wanted)
    : ordered;
}

/** `$natural` is the order of the collection itself, or that order reversed. */
function readSort(sort: unknown): { fields: SortField[]; reversed: boolean } {
  if (isMissing(sort)) return { fields: [], reversed: false };
  if (!isDocument(sort)) fail('TypeMismatch', "Expected field 'sort' to be of type object");
  const fields = sortFields(sort);
  if (fields[0]?.name === '$natural') return { fields: [], reversed: fields[0].direction === -1 };
  return { fields, reversed: false };
}
