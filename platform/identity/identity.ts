/** Who is asking, after the gateway has believed the token. */
export interface Identity {
  /** The token's subject; `anonymous` when nobody signed in, `subgraph:<name>` for one of our own rooms. */
  readonly subject: string;
  readonly kind: 'anonymous' | 'user' | 'service';
  readonly roles: readonly Role[];
  /** What the caller may do, `order:price` for example. */
  readonly scopes: readonly string[];
  /** The customer this caller is, for a shopper. */
  readonly customerId?: string;
  /** The location this caller works at, for an associate. */
  readonly locationId?: string;
  /** The application that sent the request. */
  readonly clientId: string;
  /** When the caller's own token ends; subscriptions end with it. Absent: no end known. */
  readonly expiresAt?: string;
}

/** The roles of the sandbox and the ones an identity provider is expected to name in its `roles` claim. */
export const ROLES = ['shopper', 'associate', 'agent', 'finance', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const ANONYMOUS: Identity = {
  subject: 'anonymous',
  kind: 'anonymous',
  roles: [],
  scopes: [],
  clientId: 'anonymous',
};

/** One request as a subgraph sees it. */
export interface Caller {
  readonly identity: Identity;
  /** Follows a request from the gateway to the ERP's document and every log line. */
  readonly correlationId: string;
  /** Milliseconds since the epoch by which an answer is of use. */
  readonly deadlineMs: number;
  /** Of a subscription by somebody who understands cursors: the cursor to go on from, null to begin. */
  readonly resume?: { readonly from: string | null };
}

/** The identity one of our own rooms acts under when nobody outside asked: timers, feeds, dispatchers. */
export function serviceIdentity(name: string): Identity {
  return {
    subject: `subgraph:${name}`,
    kind: 'service',
    roles: ['admin'],
    scopes: SCOPES,
    clientId: `subgraph:${name}`,
  };
}

/** Every scope the graph knows. */
export const SCOPES = [
  'product:write',
  'inventory:adjust',
  'order:price',
  'order:write',
  'order:read',
  'customer:read',
  'customer:write',
  'customer:merge',
  'finance:read',
  'finance:refund',
  'finance:post',
  'finance:close',
  'ops:read',
  'ops:replay',
  'ops:write',
] as const;

export type Scope = (typeof SCOPES)[number];

/** What a role may do when its token names no scopes itself (sandbox tokens; identity providers that only know roles). */
export const SCOPES_BY_ROLE: Readonly<Record<Role, readonly Scope[]>> = {
  shopper: [],
  associate: ['order:read', 'order:write', 'order:price', 'customer:read', 'inventory:adjust'],
  agent: ['order:read', 'order:write', 'customer:read', 'customer:write', 'ops:read'],
  finance: ['order:read', 'finance:read', 'finance:refund', 'finance:post', 'finance:close'],
  operator: ['order:read', 'ops:read', 'ops:replay', 'ops:write', 'inventory:adjust', 'product:write'],
  admin: SCOPES,
};

export function hasScope(identity: Identity, scope: Scope): boolean {
  return identity.scopes.includes(scope);
}

/** A shopper, and nothing more: row rules let this caller see only what is theirs. */
export function isShopperOnly(identity: Identity): boolean {
  return identity.kind !== 'service' && identity.roles.every((role) => role === 'shopper');
}
