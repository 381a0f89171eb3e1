import type { InventoryProcess, ProcessCosts } from '../../test/inventory/start-inventory-process.ts';
import { figuresOf } from '../load.ts';
import { STOCKED } from './house.ts';
import { fail, type Pace, row, slice } from './sides.ts';
import { availabilityOf } from './work.ts';

/** What answers from memory cost others: counts every command about stock and every call to the system of record while it asks. */
export async function warmCosts(process: InventoryProcess, { seconds, users }: Pace): Promise<void> {
  const work = availabilityOf({ variants: 20, among: STOCKED, basis: 'CACHED' });
  const before = await costsOf(process);
  const asked = await slice({ name: '', process, work }, seconds, users);
  const after = await costsOf(process);
  console.log(row('answers counted', figuresOf([asked])));
  const reads = after.storeReads - before.storeReads;
  const calls = Object.entries(after.erpCalls).map(
    ([name, count]) => [name, count - (before.erpCalls[name] ?? 0)] as const,
  );
  const [polls = 0, others] = [
    calls.find(([name]) => name === 'readChanges')?.[1],
    calls.reduce((sum, [name, count]) => (name === 'readChanges' ? sum : sum + count), 0),
  ];
  console.log(
    `  of ${asked.requests} requests for 20 variants each: ${reads} reads of the store, ${others} calls to the ERP (its feeds were polled ${polls} times meanwhile)`,
  );
  if (reads > 0 || others > 0) fail('a warm answer is not free');
}

async function costsOf({ url }: InventoryProcess): Promise<ProcessCosts> {
  const response = await fetch(new URL('/costs', url));
  return (await response.json()) as ProcessCosts;
}
