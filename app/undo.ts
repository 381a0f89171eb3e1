import type { Logger } from '../platform/telemetry/logger.ts';

/** What was started, to be stopped in the opposite order; one part that fails to stop does not keep the others running. */
export class Undo {
  readonly #logger: Logger;
  #steps: { name: string; stop: () => Promise<void> }[] = [];

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add(name: string, stop: () => Promise<void>): void {
    this.#steps.push({ name, stop });
  }

  async all(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step.stop();
      } catch (error) {
        this.#logger.error({ err: error, part: step.name }, 'a part did not stop cleanly');
      }
    }
  }
}
