import { SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import { ROLES, SCOPES, SCOPES_BY_ROLE } from '../../platform/identity/identity.ts';
import { SANDBOX_AUDIENCE, SANDBOX_ISSUER } from '../authentication.ts';

const LIFETIME_SECONDS = 8 * 60 * 60;

const requestSchema = z.strictObject({
  role: z.enum(ROLES, { error: `must be one of ${ROLES.join(', ')}` }),
  customerId: z.string().min(1).max(100).optional(),
  locationId: z.string().min(1).max(100).optional(),
  scopes: z.array(z.enum(SCOPES, { error: `must be one of ${SCOPES.join(', ')}` })).optional(),
});

export type TokenAnswer = { readonly token: string } | { readonly problems: readonly string[] };

/** Makes an access token for anybody who asks: what an identity provider does, without asking who it is. Sandbox mode only. */
export async function sandboxToken(
  body: unknown,
  options: { secret: Uint8Array; clock: Clock },
): Promise<TokenAnswer> {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) {
    return {
      problems: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'} ${issue.message}`),
    };
  }
  const { role, customerId, locationId, scopes } = parsed.data;
  const subject = customerId === undefined ? `sandbox-${role}` : `customer-${customerId}`;
  const issuedAt = Math.floor(options.clock.now().getTime() / 1000);
  const token = await new SignJWT({
    roles: [role],
    scope: (scopes ?? SCOPES_BY_ROLE[role]).join(' '),
    client_id: subject,
    ...(customerId === undefined ? {} : { customer_id: customerId }),
    ...(locationId === undefined ? {} : { location_id: locationId }),
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(SANDBOX_ISSUER)
    .setAudience(SANDBOX_AUDIENCE)
    .setSubject(subject)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_SECONDS)
    .sign(options.secret);
  return { token };
}
