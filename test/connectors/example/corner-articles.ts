import { z } from 'zod';
import type { Change, FeedName, FeedRecord } from '../../../connectors/feeds.ts';
import { parseRecord } from '../../../connectors/parse-record.ts';

const article = z.object({
  rev: z.number().int(),
  no: z.string(),
  changed: z.iso.datetime({ offset: true }),
  descr: z.unknown(),
  unit: z.unknown(),
  vat: z.unknown(),
  gone: z.unknown(),
});

/** What the ERP answers. Only what a page cannot do without is checked here; a bad article is one bad entry. */
export const changedArticles = z.object({ articles: z.array(article), last: z.boolean() });

const UNITS: Readonly<Record<string, string>> = { pcs: 'C62', kg: 'KGM' };

/** An article as the canonical item, or as an entry that says what is wrong with it. */
export function changeOf<F extends FeedName>(feed: F, one: z.infer<typeof article>): Change<FeedRecord[F]> {
  const unit = String(one.unit);
  const raw = {
    sku: one.no,
    title: one.descr ?? undefined,
    baseUnit: UNITS[unit] ?? unit,
    taxCategoryCode: one.vat === 'L' ? 'REDUCED' : 'STANDARD',
    trackInventory: true,
    categories: [],
    status: one.gone === true ? 'DISCONTINUED' : 'ACTIVE',
  };
  const sequence = String(one.rev);
  return { sequence, eventId: `${one.no}@${sequence}`, occurredAt: one.changed, ...parseRecord(feed, raw) };
}
