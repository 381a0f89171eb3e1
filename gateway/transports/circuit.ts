export interface CircuitOptions {
  /** How many of the latest calls are looked at. Default 20. */
  readonly window: number;
  /** Failures among them that open the circuit: calls are then refused without asking. Default 10. */
  readonly failuresToOpen: number;
  /** How long it stays open before one call may try; doubles with each try that fails. Default 1,000. */
  readonly openForMs: number;
  /** Default 30,000. */
  readonly maxOpenForMs: number;
}

export const DEFAULT_CIRCUIT: CircuitOptions = {
  window: 20,
  failuresToOpen: 10,
  openForMs: 1000,
  maxOpenForMs: 30_000,
};

type State =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly untilMs: number; readonly openForMs: number }
  | { readonly kind: 'trying'; readonly trial: Permit; readonly openForMs: number };

/** A call that was let through; what became of it is recorded under it. */
export interface Permit {
  readonly trial: boolean;
}

/** `unknown`: nobody waited for the answer, so nothing was learnt. */
export type CallOutcome = 'answered' | 'failed' | 'unknown';

/** Decides whether something that has failed lately is asked again. Without a clock of its own: every "now" is given. */
export class Circuit {
  readonly #options: CircuitOptions;
  #state: State = { kind: 'closed' };
  #failed: boolean[] = [];

  constructor(options: CircuitOptions = DEFAULT_CIRCUIT) {
    this.#options = options;
  }

  get isClosed(): boolean {
    return this.#state.kind === 'closed';
  }

  /** Milliseconds until another call may try, or undefined when one may be made now. */
  refusedForMs(nowMs: number): number | undefined {
    const state = this.#state;
    switch (state.kind) {
      case 'closed':
        return undefined;
      case 'open':
        return nowMs < state.untilMs ? state.untilMs - nowMs : undefined;
      case 'trying':
        // The trial's end is not known; this is when to look again.
        return this.#options.openForMs;
    }
  }

  /** To be called when `refusedForMs` has given nothing, with the same time. */
  enter(): Permit {
    if (this.#state.kind === 'closed') return { trial: false };
    const trial = { trial: true };
    const { openForMs } = this.#state;
    this.#state = { kind: 'trying', trial, openForMs };
    return trial;
  }

  record(permit: Permit, outcome: CallOutcome, nowMs: number): void {
    const state = this.#state;
    // While it is open or trying, calls from before tell old news.
    if (state.kind === 'closed') {
      this.#count(outcome, nowMs);
      return;
    }
    if (state.kind !== 'trying' || state.trial !== permit) return;
    if (outcome === 'answered') {
      this.#failed = [];
      this.#state = { kind: 'closed' };
    } else if (outcome === 'failed') {
      this.#open(Math.min(state.openForMs * 2, this.#options.maxOpenForMs), nowMs);
    } else {
      this.#state = { kind: 'open', untilMs: nowMs, openForMs: state.openForMs };
    }
  }

  #count(outcome: CallOutcome, nowMs: number): void {
    if (outcome === 'unknown') return;
    this.#failed.push(outcome === 'failed');
    if (this.#failed.length > this.#options.window) this.#failed.shift();
    if (outcome === 'answered') return;
    const failures = this.#failed.filter((failed) => failed).length;
    if (failures >= this.#options.failuresToOpen) this.#open(this.#options.openForMs, nowMs);
  }

  #open(openForMs: number, nowMs: number): void {
    this.#state = { kind: 'open', untilMs: nowMs + openForMs, openForMs };
  }
}
