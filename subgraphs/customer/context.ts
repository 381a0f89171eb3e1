import type { Caller } from '../../platform/identity/identity.ts';
import type { Loaders } from './loaders.ts';

/** What every resolver of one request shares. */
export interface Context {
  readonly caller: Caller;
  loaders: Loaders;
  /** A subscription lives longer than what its loaders remember: it takes new ones for each event. */
  readonly newLoaders: () => Loaders;
}
