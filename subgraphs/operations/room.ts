import type { Idempotency } from '../../platform/idempotency/idempotency.ts';
import type { SubgraphDependencies } from '../../platform/integration.ts';
import type { Teller } from './feed/tell.ts';
import type { Exceptions } from './store/exceptions.ts';

/** What the doors and feeds of operations work with. */
export interface Room extends SubgraphDependencies {
  readonly exceptions: Exceptions;
  readonly teller: Teller;
  readonly idempotency: Idempotency;
}
