import type { Failure, FieldFailure } from './failures.ts';

/** An error with its place in the response, before it is put into words for the client. */
export interface PlacedError {
  readonly path: readonly (string | number)[];
  /** What a subgraph reported; absent when a value is missing that the schema promises. */
  readonly failure?: Failure;
  readonly message: string;
}

/** At most so many errors are told for one response; more would say the same thing again. */
export const MAX_ERRORS = 100;

/** One walk over a response: where it is, and what it found wrong. */
export class ShapeRun {
  /** The keys from the root to the value at hand; only the part above the current depth means anything. */
  readonly path: (string | number)[] = [];
  readonly errors: PlacedError[] = [];
  /** How often a null has been explained so far. */
  told = 0;

  /** Tells a subgraph's error at the current place. Answers null, which is what takes its place. */
  fail(marker: FieldFailure, depth: number): null {
    marker.failure.told = true;
    this.#add({
      path: [...this.path.slice(0, depth), ...marker.below],
      failure: marker.failure,
      message: marker.failure.error.message,
    });
    return null;
  }

  /** Tells that a value is missing which the schema promises. */
  missing(coordinate: string, depth: number): void {
    this.#add({
      path: this.path.slice(0, depth),
      message: `no subgraph gave a value for ${coordinate}, which is never null`,
    });
  }

  /** A null that is explained elsewhere. */
  silence(): void {
    this.told += 1;
  }

  #add(error: PlacedError): void {
    this.told += 1;
    if (this.errors.length < MAX_ERRORS) this.errors.push(error);
  }
}
