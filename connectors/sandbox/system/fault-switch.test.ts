import { expect, it } from 'vitest';
import { createFaultSwitch, disturbPage } from './fault-switch.ts';

it('a fault strikes its share of the requests, of its own system only', () => {
  const draws = [0.1, 0.4, 0.5, 0.9];
  const faults = createFaultSwitch(() => draws.shift() ?? 1);
  faults.set('erp', { mode: 'slow', rate: 0.5 });
  const struck = [1, 2, 3, 4].map(() => faults.strike('erp').mode);
  expect(struck).toEqual(['slow', 'slow', 'none', 'none']);
  expect(faults.strike('payments').mode).toBe('none');
});

it('a system that is down is down for everybody, whatever the rate', () => {
  const faults = createFaultSwitch(() => 0.99);
  faults.set('payments', { mode: 'down', rate: 0.1 });
  expect(faults.strike('payments').mode).toBe('down');
});

it('a disturbed page holds every entry, repeated or out of order', () => {
  expect(disturbPage('duplicating', [3, 4], [1, 2])).toEqual([1, 2, 3, 3, 4, 4]);
  expect(disturbPage('reordering', [3, 4, 5], [])).toEqual([5, 4, 3]);
  expect(disturbPage('none', [3, 4], [1, 2])).toEqual([3, 4]);
});
