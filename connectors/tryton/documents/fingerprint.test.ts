import { describe, expect, it } from 'vitest';
import { findMark, hasMark, markOf, markText } from './fingerprint.ts';

const order = { reference: 'UC-1', total: '5.00', correlationId: 'first try' };

describe('the mark a document leaves', () => {
  it('given the same content, is the same, whatever the order of its fields and the trace of the attempt', () => {
    const again = { correlationId: 'second', total: '5.00', reference: 'UC-1' };
    const other = { ...order, total: '6.00' };
    expect(markOf(again)).toEqual(markOf(order));
    expect(markOf(other)).not.toEqual(markOf(order));
  });

  it('is found by kind and reference among what people and other documents wrote', () => {
    const canceled = markOf({ reference: 'UC-1-CANCEL' });
    const text = [
      'Please ring the bell',
      markText('salesOrder', markOf(order)),
      markText('salesOrderCancellation', canceled),
    ].join('\n');
    expect(findMark('salesOrder', 'UC-1', text)).toEqual(markOf(order));
    expect(findMark('salesOrderCancellation', 'UC-1-CANCEL', text)).toEqual(canceled);
    expect(findMark('salesReturn', 'UC-1', text)).toBeNull();
    expect(findMark('salesOrder', 'UC-11', text)).toBeNull();
    expect(hasMark('salesOrderCancellation', text)).toBe(true);
    expect(hasMark('salesOrderCancellation', 'a salesOrderCancellation by hand')).toBe(false);
    expect(findMark('salesOrder', 'UC-1', null)).toBeNull();
  });

  it('is found at the end of a memo that says nearly the same', () => {
    const mark = markOf({ reference: 'JE-1' });
    expect(
      findMark('journalEntry', 'JE-1', `About journalEntry JE-1 (old): ${markText('journalEntry', mark)}`),
    ).toEqual(mark);
  });
});
