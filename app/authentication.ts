import {
  createRemoteJWKSet,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../platform/clock.ts';
import { GraphError } from '../platform/errors.ts';
import { ANONYMOUS, type Identity, ROLES, type Role, SCOPES_BY_ROLE } from '../platform/identity/identity.ts';
import type { Settings } from './settings.ts';

/** Turns the `Authorization` header into who is asking. Throws GraphError UNAUTHENTICATED for a token that is not good. */
export type Authenticate = (authorization: string | undefined) => Promise<Identity>;

const CACHE_MAX = 10_000;
/** Asymmetric only: a public key in the JWKS must not be usable as an HMAC secret. */
const PROVIDER_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA'];

/** With an identity provider: its access tokens by JWKS. In the sandbox: the tokens of `POST /sandbox/token`. */
export function createAuthenticate(options: {
  settings: Settings;
  sandboxSecret: Uint8Array;
  clock: Clock;
}): Authenticate {
  const { settings, clock } = options;
  const now = () => clock.now();
  if (settings.AUTH_JWKS_URL === undefined) {
    return authenticateWith(
      () => options.sandboxSecret,
      { issuer: SANDBOX_ISSUER, audience: SANDBOX_AUDIENCE, algorithms: ['HS256'] },
      now,
    );
  }
  const keys = createRemoteJWKSet(new URL(settings.AUTH_JWKS_URL), {
    timeoutDuration: 5_000,
    cooldownDuration: 30_000,
  });
  return authenticateWith(
    keys,
    { issuer: settings.AUTH_ISSUER, audience: settings.AUTH_AUDIENCE, algorithms: PROVIDER_ALGORITHMS },
    now,
  );
}

export const SANDBOX_ISSUER = 'unified-commerce-graph/sandbox';
export const SANDBOX_AUDIENCE = 'unified-commerce-graph';

function authenticateWith(
  key: JWTVerifyGetKey | (() => Uint8Array),
  options: Pick<JWTVerifyOptions, 'algorithms'> & {
    issuer: string | undefined;
    audience: string | undefined;
  },
  now: () => Date,
): Authenticate {
  const known = new LRUCache<string, { identity: Identity; untilMs: number }>({ max: CACHE_MAX });
  const { issuer, audience, algorithms } = options;
  const verifyOptions = {
    algorithms,
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
  };

  return async (authorization) => {
    if (authorization === undefined || authorization === '') return ANONYMOUS;
    const token = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization)?.[1];
    if (token === undefined)
      throw new GraphError('UNAUTHENTICATED', 'the Authorization header must be "Bearer <access token>"');
    const cached = known.get(token);
    if (cached !== undefined && cached.untilMs > now().getTime()) return cached.identity;
    try {
      // jose accepts either kind of key source here; its two overloads do not accept their union.
      const { payload } = await jwtVerify(token, key as JWTVerifyGetKey, {
        ...verifyOptions,
        currentDate: now(),
        requiredClaims: ['exp', 'sub'],
      });
      const identity = identityOf(payload);
      known.set(token, { identity, untilMs: (payload.exp ?? 0) * 1000 });
      return identity;
    } catch (cause) {
      if (cause instanceof GraphError) throw cause;
      const over = cause instanceof Error && 'code' in cause && cause.code === 'ERR_JWT_EXPIRED';
      throw new GraphError(
        'UNAUTHENTICATED',
        over ? 'the access token has expired; get a new one' : 'the access token is not valid here',
        {},
        cause,
      );
    }
  };
}

/** Claims: `roles` (list), `scope` (RFC 8693, blank separated) or `scp` (list), `customer_id`, `location_id`, `client_id` or `azp`. */
function identityOf(payload: JWTPayload): Identity {
  const roles = listClaim(payload['roles']).filter((role): role is Role =>
    ROLES.some((known) => known === role),
  );
  const named =
    typeof payload['scope'] === 'string'
      ? payload['scope'].split(' ').filter((scope) => scope !== '')
      : listClaim(payload['scp']);
  const scopes = named.length > 0 ? named : [...new Set(roles.flatMap((role) => SCOPES_BY_ROLE[role]))];
  const text = (name: string) =>
    typeof payload[name] === 'string' && payload[name] !== '' ? payload[name] : undefined;
  const customerId = text('customer_id');
  const locationId = text('location_id');
  const subject = payload.sub ?? '';
  return {
    subject,
    kind: 'user',
    roles,
    scopes,
    clientId: text('client_id') ?? text('azp') ?? subject,
    ...(customerId === undefined ? {} : { customerId }),
    ...(locationId === undefined ? {} : { locationId }),
    ...(payload.exp === undefined ? {} : { expiresAt: new Date(payload.exp * 1000).toISOString() }),
  };
}

function listClaim(claim: unknown): string[] {
  return Array.isArray(claim) ? claim.filter((entry) => typeof entry === 'string') : [];
}
