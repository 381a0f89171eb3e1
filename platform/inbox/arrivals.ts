/** A bell: somebody rings it, the one who rests hears it, however often it rang meanwhile. */
export interface Arrivals {
  came(): void;
  /** Aborts at the next arrival, at once if one was not taken yet, or when `signal` does. */
  next(signal: AbortSignal): AbortSignal;
  /** Whether something came since the last call. */
  take(): boolean;
}

export function createArrivals(): Arrivals {
  let bell = new AbortController();
  return {
    came: () => bell.abort(),
    next: (signal) => AbortSignal.any([signal, bell.signal]),
    take() {
      const rang = bell.signal.aborted;
      if (rang) bell = new AbortController();
      return rang;
    },
  };
}
