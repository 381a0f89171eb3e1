import { z } from 'zod';
import { comparePlaces, type FeedCursor, type TouchPlace } from './feed-cursor.ts';
import type { TrytonCalls } from './rpc.ts';
import { lastWrite, type SearchDomain, toMoment, writtenAt } from './wire.ts';

/** A model whose rows, when written, change records of a feed. */
export interface TouchSource {
  readonly model: string;
  /** Which of its rows count. Default: all. */
  readonly domain?: SearchDomain;
  /** The field that names the feed's record, or its records. Default: the row is the record. */
  readonly records?: string;
}

/** A row that was written, and the records it changes. */
export interface Touch extends TouchPlace {
  readonly records: readonly number[];
}

/** Archived rows count too: that something was put away is a change. */
const EVERYTHING = { active_test: false };

/** What was written after the cursor's settled place, oldest first, at most `limit` rows: seen ones included. */
export async function touchesAfter(
  calls: TrytonCalls,
  sources: readonly TouchSource[],
  { settled }: Pick<FeedCursor, 'settled'>,
  limit: number,
): Promise<Touch[]> {
  const found = await Promise.all(
    sources.map((source, index) => touchesOf(calls, source, index, settled, limit)),
  );
  return found.flat().sort(comparePlaces).slice(0, limit);
}

async function touchesOf(
  calls: TrytonCalls,
  source: TouchSource,
  index: number,
  settled: TouchPlace | null,
  limit: number,
): Promise<Touch[]> {
  const { model, domain = [], records } = source;
  const links = z.union([z.number().int(), z.array(z.number().int()), z.null()]);
  const rowSchema = z.looseObject({ id: z.number().int(), ...writtenAt });
  const fields = ['write_date', 'create_date', ...(records === undefined ? [] : [records])];
  const read = (when: SearchDomain, more: object) =>
    calls.search(model, [...domain, when], rowSchema, fields, { context: EVERYTHING, limit, ...more });

  const written = after('write_date', settled, index);
  // A row that was never written again is found by when it was made.
  const made = [['write_date', '=', null], after('create_date', settled, index)];
  // In the quiet hours one question is enough; only a long list must be asked for in order.
  const few = await read(['OR', written, made], {});
  const rows =
    few.length < limit
      ? few
      : (
          await Promise.all([
            read(written, {
              order: [
                ['write_date', 'ASC'],
                ['id', 'ASC'],
              ],
            }),
            read(made, {
              order: [
                ['create_date', 'ASC'],
                ['id', 'ASC'],
              ],
            }),
          ])
        ).flat();
  return rows
    .map((row): Touch => {
      const linked = records === undefined ? row.id : links.parse(row[records] ?? null);
      const touched = linked === null ? [] : Array.isArray(linked) ? linked : [linked];
      return { at: lastWrite(row), source: index, row: row.id, records: touched };
    })
    .filter((touch) => settled === null || comparePlaces(touch, settled) > 0);
}

/** The rows of a source that come after a place. */
function after(column: 'write_date' | 'create_date', place: TouchPlace | null, source: number): SearchDomain {
  if (place === null) return [[column, '!=', null]];
  const at = toMoment(place.at);
  if (source !== place.source) return [[column, source > place.source ? '>=' : '>', at]];
  return [
    'OR',
    [column, '>', at],
    [
      [column, '=', at],
      ['id', '>', place.row],
    ],
  ];
}
