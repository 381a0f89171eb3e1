import { jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { GraphError } from '../errors.ts';
import type { Identity } from './identity.ts';

/** The header that carries the signed identity from the gateway (or a sibling) to a subgraph. */
export const IDENTITY_HEADER = 'x-graph-identity';

const ISSUER = 'unified-commerce-graph';
const AUDIENCE = 'subgraph';
/** How long a token is good for: long enough for a slow request, short enough to be worthless when it leaks. */
const LIFETIME_SECONDS = 60;
/** A signed token is handed out again for this long, so that its receiver still has half of the lifetime left. */
const REUSE_MS = 30_000;
const CACHE_MAX = 10_000;

export interface InternalTokens {
  sign(identity: Identity): Promise<string>;
  /** Throws GraphError UNAUTHENTICATED when the token is missing, forged or over. */
  verify(token: string | undefined): Promise<Identity>;
}

/** Signs and checks identities with one shared secret of at least 32 bytes (HS256). */
export function createInternalTokens(options: { secret: Uint8Array; clock: Clock }): InternalTokens {
  const { secret, clock } = options;
  if (secret.byteLength < 32) throw new RangeError('the internal token secret needs at least 32 bytes');
  const nowMs = () => clock.now().getTime();
  const signed = new LRUCache<string, { token: string; untilMs: number }>({ max: CACHE_MAX });
  const verified = new LRUCache<string, { identity: Identity; untilMs: number }>({ max: CACHE_MAX });

  return {
    async sign(identity) {
      const cacheKey = JSON.stringify(identity);
      const known = signed.get(cacheKey);
      if (known !== undefined && known.untilMs > nowMs()) return known.token;
      const issuedAt = Math.floor(nowMs() / 1000);
      const token = await new SignJWT({ identity })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(identity.subject)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + LIFETIME_SECONDS)
        .sign(secret);
      signed.set(cacheKey, { token, untilMs: nowMs() + REUSE_MS });
      return token;
    },

    async verify(token) {
      if (token === undefined || token === '') {
        throw new GraphError(
          'UNAUTHENTICATED',
          `this subgraph answers only the graph: header ${IDENTITY_HEADER} is missing`,
        );
      }
      const known = verified.get(token);
      if (known !== undefined && known.untilMs > nowMs()) return known.identity;
      try {
        const { payload } = await jwtVerify(token, secret, {
          issuer: ISSUER,
          audience: AUDIENCE,
          algorithms: ['HS256'],
          currentDate: clock.now(),
          requiredClaims: ['exp', 'sub'],
        });
        // Signed by us a moment ago: the claim has the shape we gave it.
        const identity = payload['identity'] as Identity;
        verified.set(token, { identity, untilMs: (payload.exp ?? 0) * 1000 });
        return identity;
      } catch (cause) {
        throw new GraphError(
          'UNAUTHENTICATED',
          `header ${IDENTITY_HEADER} is not a token of this graph, or it is over`,
          {},
          cause,
        );
      }
    },
  };
}
