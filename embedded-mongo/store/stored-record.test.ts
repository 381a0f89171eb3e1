import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encode } from '../values/documents.ts';
import { StoredDocument } from './stored-document.ts';
import { StoredRecord } from './stored-record.ts';

const version = (n: number): StoredDocument => StoredDocument.fresh('key', encode({ n }), { n });
const seen = (stored: StoredDocument | undefined): unknown => stored && Number(stored.document.n);

test('a snapshot sees what was newest when it was taken, however often the record is written and pruned', () => {
  const step = fc.oneof(
    fc.constant('write'),
    fc.constant('delete'),
    fc.constant('snapshot'),
    fc.constant('end'),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const record = new StoredRecord(1, 'key', 1, version(1));
      let sequence = 1;
      let newest: number | undefined = 1;
      // What each open snapshot must see, oldest first.
      const open: { at: number; sees: number | undefined }[] = [];
      for (const one of steps) {
        if (one === 'snapshot') open.push({ at: sequence, sees: newest });
        else if (one === 'end') {
          open.shift();
          record.prune(open[0]?.at ?? Number.POSITIVE_INFINITY);
        } else {
          sequence++;
          newest = one === 'write' ? sequence : undefined;
          record.put(newest === undefined ? undefined : version(newest), sequence, open.length > 0);
        }
        for (const { at, sees } of open) expect(seen(record.visible(at))).toBe(sees);
        expect(seen(record.visible(undefined))).toBe(newest);
        if (open.length === 0) expect(record.hasOlder).toBe(false);
      }
    }),
  );
});

test('a version that another has replaced is read from memory, not from where it was on disk', () => {
  const onDisk = new Map([[7, encode({ n: 1 })]]);
  const stored = StoredDocument.onDisk('key', encode({ n: 1 }).length, (id) => onDisk.get(id), 7);
  stored.supersede();
  onDisk.set(7, encode({ n: 2 }));
  expect(seen(stored)).toBe(1);
});

test('what is not on disk as it was noted is a fault, and what is gone with its collection is said to be', () => {
  const larger = StoredDocument.onDisk('key', 5, () => encode({ n: 1 }), 7);
  expect(() => larger.document).toThrow('record 7 on disk is not the one expected');
  const gone = StoredDocument.onDisk('key', 5, () => undefined, 7);
  expect(() => gone.document).toThrow('the collection was dropped');
});
