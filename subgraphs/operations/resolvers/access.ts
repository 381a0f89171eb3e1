import { GraphError } from '../../../platform/errors.ts';
import { type Caller, hasScope, type Scope } from '../../../platform/identity/identity.ts';

/** Throws FORBIDDEN unless the caller has the scope. The gateway checks it too; a room does not rely on its door. */
export function needScope(caller: Caller, scope: Scope): void {
  if (!hasScope(caller.identity, scope)) throw new GraphError('FORBIDDEN', `this needs the scope ${scope}`);
}
