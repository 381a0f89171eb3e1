import { describe, expect, it } from 'vitest';
import { approve, receive } from './receive-return.ts';
import { countingIds, goodsBack, NOW, pieces, returnLine } from './return-samples.ts';

const facts = () => ({ now: NOW, newId: countingIds() });
const expected = goodsBack({ state: 'APPROVED', work: null, lines: [returnLine({ received: 0 })] });
const arrived = (units: number | string, locationId = 'dc') => ({
  locationId,
  lines: [{ returnLineId: 'back-1', received: pieces(units) }],
});

describe('goods that arrive', () => {
  it('in one parcel are received, and the place has work', () => {
    expect(receive(expected, arrived(3), facts())).toMatchObject({
      ok: true,
      value: {
        state: 'RECEIVED',
        version: 3,
        lines: [{ received: 3 }],
        work: { id: 'id-1', locationId: 'dc', state: 'RECEIVING' },
      },
    });
  });

  it('in parts are counted together', () => {
    const first = receive(expected, arrived(1), facts());
    expect(first).toMatchObject({ value: { state: 'PARTIALLY_RECEIVED', lines: [{ received: 1 }] } });
    if (!first.ok) return;
    const second = receive(first.value, arrived(2), facts());
    expect(second).toMatchObject({ value: { state: 'RECEIVED', lines: [{ received: 3 }] } });
    expect(receive(first.value, arrived(3), facts())).toMatchObject({
      errors: [{ code: 'RETURN_QUANTITY_EXCEEDED', field: ['input', 'lines', '0', 'received'] }],
    });
  });

  it('at another place than expected are taken in there, but at one place only', () => {
    const planned = goodsBack({
      ...expected,
      work: { id: 'work-1', locationId: 'dc', state: 'OPEN', createdAt: NOW },
    });
    const first = receive(planned, arrived(1, 'store'), facts());
    expect(first).toMatchObject({ value: { work: { id: 'work-1', locationId: 'store' } } });
    if (!first.ok) return;
    expect(receive(first.value, arrived(1, 'dc'), facts())).toMatchObject({
      errors: [{ code: 'LOCATION_MISMATCH' }],
    });
  });

  it.each([
    [
      'of a line that is not there',
      { locationId: 'dc', lines: [{ returnLineId: 'x', received: pieces(1) }] },
      'RETURN_LINE_UNKNOWN',
    ],
    ['by halves', arrived('1.5'), 'QUANTITY_INVALID'],
    ['more than asked about', arrived(4), 'RETURN_QUANTITY_EXCEEDED'],
    ['of no line', { locationId: 'dc', lines: [] }, 'LINES_INVALID'],
  ])('%s are refused', (_what, input, code) => {
    expect(receive(expected, input, facts())).toMatchObject({ ok: false, errors: [{ code }] });
  });

  it('before the return is allowed are refused, and after that taken', () => {
    const asked = goodsBack({ ...expected, state: 'REQUESTED' });
    expect(receive(asked, arrived(3), facts())).toMatchObject({ errors: [{ code: 'RETURN_STATE_INVALID' }] });
    const allowed = approve(asked, NOW);
    expect(allowed).toMatchObject({ value: { state: 'APPROVED' } });
    expect(allowed.ok && receive(allowed.value, arrived(3), facts())).toMatchObject({ ok: true });
    expect(approve(expected, NOW)).toMatchObject({ errors: [{ code: 'RETURN_STATE_INVALID' }] });
  });
});
