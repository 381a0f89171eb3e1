/** What a process of the benchmark has used since it began. */
export interface ProcessFigures {
  readonly cpuMs: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
}

/** Asked over the channel to the parent; `collect` first throws away garbage, where the process may. */
export type Question = { readonly kind: 'figures' } | { readonly kind: 'collect' };

/** Tells the parent where this process answers, and from then on what it has used whenever it asks. Ends with the parent. */
export function reportTo(parent: NodeJS.Process, facts: { readonly url: string }): void {
  parent.on('message', (question: Question) => {
    if (question.kind === 'collect') globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    const figures: ProcessFigures = {
      cpuMs: (user + system) / 1000,
      rssBytes: rss,
      heapBytes: heapUsed,
    };
    parent.send?.(figures);
  });
  parent.once('disconnect', () => process.exit(0));
  parent.send?.(facts);
}
