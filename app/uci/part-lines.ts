import { type Decision, refused, userError } from '../../platform/errors.ts';
import type { Directory, Variant } from './directory.ts';
import type { InvoiceLine } from './invoice-line.ts';
import { londonInstant } from './london-time.ts';

/** A line together with the variant the graph knows it as. */
export interface PartLine {
  readonly line: InvoiceLine;
  readonly variant: Variant;
}

/** The lines with their variants, in the order of the file; refused when the graph does not know one. */
export async function withVariants(
  lines: readonly InvoiceLine[],
  directory: Directory,
): Promise<Decision<readonly PartLine[]>> {
  const variants = await directory.variants(lines.map(({ sku }) => sku));
  if (!variants.ok) return variants;
  const paired = lines.flatMap((line, index) => {
    const variant = variants.value[index];
    return variant === undefined ? [] : [{ line, variant }];
  });
  return paired.length === lines.length
    ? { ok: true, value: paired }
    : refused(userError('VARIANT_UNKNOWN', 'The graph did not answer for every article.'));
}

/** A quantity as the graph takes it: never negative. */
export function pieces({ line, variant }: PartLine) {
  return { value: String(Math.abs(line.quantity)), unit: variant.baseUnit };
}

/** When an invoice was written: its first line's time. */
export function instantOf(lines: readonly InvoiceLine[]): string {
  const instant = londonInstant(lines[0]?.soldAt ?? '');
  // Every line was read with a good time, and a part has at least one.
  if (instant === null) throw new RangeError('a part without lines has no time');
  return instant;
}
