import type { Identity, Role } from '../platform/identity/identity.ts';

const anyOf =
  (...roles: Role[]) =>
  (identity: Identity) =>
    identity.kind === 'service' || identity.roles.some((role) => roles.includes(role));

/** What the schema's `@policy` names mean, by the roles of the caller. Row rules (own data only) are the subgraphs' own. */
export const POLICIES = {
  /** Reading a customer's contact data: staff who serve customers, and the customer. */
  'pii.read': anyOf('shopper', 'associate', 'agent', 'admin'),
  /** Opening a closed accounting period again. */
  'finance.reopen': anyOf('finance', 'admin'),
} as const;
