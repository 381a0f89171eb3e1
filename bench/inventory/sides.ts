import type { InventoryProcess } from '../../test/inventory/start-inventory-process.ts';
import { type Figures, figuresOf, load, median, type Slice, type Work } from '../load.ts';

export interface Pace {
  /** Slices of each side. */
  readonly cycles: number;
  /** How long a slice is. */
  readonly seconds: number;
  readonly users: number;
}

export interface Side {
  readonly name: string;
  readonly process: InventoryProcess;
  readonly work: Work;
}

/** Measures the sides slice by slice in turn, after a second of warming each, and prints a row for each. */
export async function compared(sides: readonly Side[], pace: Pace): Promise<Slice[][]> {
  const slices = sides.map((): Slice[] => []);
  for (const side of sides) await slice(side, 1, pace.users);
  for (let cycle = 0; cycle < pace.cycles; cycle += 1)
    for (const [index, side] of sides.entries())
      slices[index]?.push(await slice(side, pace.seconds, pace.users));
  for (const [index, { name }] of sides.entries()) console.log(row(name, figuresOf(slices[index] ?? [])));
  return slices;
}

export function slice({ process, work }: Side, seconds: number, users: number): Promise<Slice> {
  return load({ url: process.url, token: 'staff', users, seconds, work });
}

/** One measured side, as it is printed. A side with a failure says nothing, and the run exits 1. */
export function row(name: string, { perSecond, p50Ms, p99Ms, failures }: Figures): string {
  if (failures > 0) process.exitCode = 1;
  return `  ${name.padEnd(36)} ${perSecond.toFixed(0).padStart(6)} /s   p50 ${p50Ms.toFixed(1).padStart(6)} ms   p99 ${p99Ms.toFixed(1).padStart(6)} ms   failures ${failures}`;
}

/** How many times as many, as the median of paired slices. */
export function ratio(left: readonly Slice[], right: readonly Slice[]): string {
  const rate = (one: Slice | undefined) => (one === undefined ? 1 : one.requests / one.seconds);
  return median(left.map((one, index) => rate(one) / rate(right[index]))).toFixed(2);
}

/** The run says nothing: what was to be shown did not hold. */
export function fail(what: string): void {
  console.error(`  ${what}`);
  process.exitCode = 1;
}
