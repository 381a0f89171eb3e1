import type { Caller } from '../../platform/identity/identity.ts';
import type { Loaders } from './loaders.ts';

/** What every resolver of one request has at hand. */
export interface Context {
  readonly caller: Caller;
  loaders: Loaders;
  /** Loaders that know nothing yet, for each event of a subscription: its context outlives what it has loaded. */
  newLoaders(): Loaders;
}
