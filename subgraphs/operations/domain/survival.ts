/** How much something took, time for example, or has taken so far when it has not ended: then all that is known is that it takes more. */
export interface Measured {
  readonly value: number;
  readonly ended: boolean;
}

/**
 * The time within which the share `q`, 0 to 1, has ended, by the estimate of Kaplan and Meier: what is still under way counts with
 * its age and takes part until then, so that an outage makes the number worse and never better. Where less than that share has ended so
 * far, it is the greatest age there is: it takes at least so long. Null: nothing was measured.
 */
export function quantileOf(measured: readonly Measured[], q: number): number | null {
  // At one time, ends come before those that go on.
  const inOrder = [...measured].sort((a, b) => a.value - b.value || Number(b.ended) - Number(a.ended));
  let underWay = 1;
  for (const [index, { value, ended }] of inOrder.entries()) {
    if (!ended) continue;
    underWay *= 1 - 1 / (inOrder.length - index);
    // Products of fractions that should be exact are a hair off.
    if (1 - underWay >= q - 1e-9) return value;
  }
  return inOrder.at(-1)?.value ?? null;
}
