import { CommandError, fail } from '../errors.ts';
import { nearOrder } from '../query/geo-operators.ts';
import { compileFilter } from '../query/match.ts';
import type { MatchContext } from '../query/matcher.ts';
import { type Plan, plan } from '../query/plan.ts';
import { type SortField, sortBy, sortFields } from '../query/sort.ts';
import { type CommandContext, refuseLate } from '../server/command.ts';
import type { Collection } from '../store/collection.ts';
import type { StoredDocument } from '../store/stored-document.ts';
import { type Doc, isDocument, isMissing } from '../values/kinds.ts';

/** A document that matched, and the array position that the positional `$` stands for. */
export type Match = { stored: StoredDocument; position: number | undefined };

export type MatchRequest = {
  filter: unknown;
  sort?: unknown;
  skip?: number;
  limit?: number | undefined;
  hint?: unknown;
};

/** How many documents were looked at to find the matches. */
export type Reading = { examined: number };

/** The matching documents in the wanted order, all of them read now: later writes do not change the answer. */
export function matching(
  context: CommandContext,
  collection: Collection | undefined,
  request: MatchRequest,
  match: MatchContext,
  reading: Reading = { examined: 0 },
): Match[] {
  const matches = compileFilter(request.filter ?? {}, match);
  const sort = readSort(request.sort);
  if (!collection) return [];
  const near = nearOrder(request.filter);
  if (near) requirePlaceIndex(collection, near.field);
  const skip = request.skip ?? 0;
  const wanted = wantedOf(request);
  const chosen = planFor(context, collection, request, match);
  const stopAt = chosen.sorted && !sort.reversed && !near ? wanted : undefined;
  const found: Match[] = [];
  for (const stored of chosen.candidates) {
    if ((++reading.examined & 255) === 0) refuseLate(context);
    const position: { index?: number } = {};
    if (!chosen.matched && !matches(stored.document, position)) continue;
    found.push({ stored, position: position.index });
    if (stopAt !== undefined && found.length >= stopAt) break;
  }
  if (sort.reversed) found.reverse();
  if (near && sort.fields.length === 0) sortByDistance(found, near.distanceOf);
  const ordered = chosen.sorted
    ? found
    : sortBy(found, sort.fields, ({ stored }) => stored.document, match.collation);
  return skip > 0 || (wanted !== undefined && ordered.length > wanted)
    ? ordered.slice(skip, wanted)
    : ordered;
}

function sortByDistance(found: Match[], distanceOf: (document: Doc) => number): void {
  const distances = new Map(found.map((one) => [one, distanceOf(one.stored.document)]));
  found.sort((a, b) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0));
}

function requirePlaceIndex(collection: Collection, field: string): void {
  const there = [...collection.indexes.values()].some((index) =>
    index.places.some(({ name }) => name === field),
  );
  if (!there)
    throw new CommandError(291, 'error processing query: unable to find index for $geoNear query', {
      fields: { codeName: 'NoQueryExecutionPlans' },
    });
}

const wantedOf = ({ skip = 0, limit }: MatchRequest): number | undefined =>
  limit === undefined ? undefined : skip + limit;

const planFor = (
  context: CommandContext,
  collection: Collection,
  request: MatchRequest,
  match: MatchContext,
): Plan =>
  plan(context.view, collection, {
    filter: request.filter ?? {},
    sort: readSort(request.sort).fields,
    limit: wantedOf(request),
    collation: match.collation,
    hint: request.hint,
  });

/** The stages by which the documents of a request would be found, as `explain` names them. */
export function wayTo(
  context: CommandContext,
  collection: Collection | undefined,
  request: MatchRequest,
  match: MatchContext,
): Doc {
  compileFilter(request.filter ?? {}, match);
  if (!collection) return { stage: 'EOF' };
  const { index: name, sorted } = planFor(context, collection, request, match);
  const index = name === undefined ? undefined : collection.indexes.get(name);
  const filter = request.filter ?? {};
  let way: Doc = { stage: 'COLLSCAN', filter, direction: 'forward' };
  if (index)
    way = {
      stage: 'FETCH',
      filter,
      inputStage: {
        stage: 'IXSCAN',
        keyPattern: index.spec.key,
        indexName: name,
        isMultiKey: index.multikey,
      },
    };
  else if (name !== undefined) way = { stage: 'OR', filter };
  if (!sorted) way = { stage: 'SORT', sortPattern: request.sort, inputStage: way };
  return request.limit === undefined ? way : { stage: 'LIMIT', limitAmount: request.limit, inputStage: way };
}

/** `$natural` is the order of the collection itself, or that order reversed. */
function readSort(sort: unknown): { fields: SortField[]; reversed: boolean } {
  if (isMissing(sort)) return { fields: [], reversed: false };
  if (!isDocument(sort)) fail('TypeMismatch', "Expected field 'sort' to be of type object");
  const fields = sortFields(sort);
  if (fields[0]?.name === '$natural') return { fields: [], reversed: fields[0].direction === -1 };
  return { fields, reversed: false };
}
