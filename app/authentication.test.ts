import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../platform/clock.ts';
import { type Authenticate, createAuthenticate } from './authentication.ts';
import { sandboxToken } from './sandbox/token.ts';
import { readSettings } from './settings.ts';

const SECRET = new TextEncoder().encode('a-sandbox-secret-of-32-characters-or-more');
const ISSUER = 'https://id.example.org/';

describe('with an identity provider', () => {
  let server: Server;
  let authenticate: Authenticate;
  let sign: (
    claims: JWTPayload,
    change?: { issuer?: string; audience?: string; expires?: string },
  ) => Promise<string>;
  let forge: (claims: JWTPayload) => Promise<string>;

  beforeAll(async () => {
    const [known, stranger] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
    const jwk = { ...(await exportJWK(known.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
    server = createServer((_, response) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] })),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const signWith =
      (key: CryptoKey) =>
      (
        claims: JWTPayload,
        {
          issuer = ISSUER,
          audience = 'graph',
          expires = '5m',
        }: { issuer?: string; audience?: string; expires?: string } = {},
      ) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
          .setIssuer(issuer)
          .setAudience(audience)
          .setExpirationTime(expires)
          .sign(key);
    sign = signWith(known.privateKey);
    forge = signWith(stranger.privateKey);
    const settings = readSettings({
      // The server of the test listens after the port is known.
      AUTH_JWKS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
      AUTH_ISSUER: ISSUER,
      AUTH_AUDIENCE: 'graph',
    });
    authenticate = createAuthenticate({ settings, sandboxSecret: SECRET, clock: systemClock });
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const bearer = async (token: Promise<string>) => authenticate(`Bearer ${await token}`);

  it('a good token tells who asks, what they may do and until when', async () => {
    const identity = await bearer(
      sign({ sub: 'ada', roles: ['shopper', 'juggler'], customer_id: 'c1', azp: 'webshop' }),
    );
    expect(identity).toMatchObject({
      subject: 'ada',
      kind: 'user',
      roles: ['shopper'],
      scopes: [],
      customerId: 'c1',
      clientId: 'webshop',
    });
    expect(Date.parse(identity.expiresAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('scopes come from scope, from scp, or follow from the roles', async () => {
    expect((await bearer(sign({ sub: 'a', scope: 'ops:read order:read' }))).scopes).toEqual([
      'ops:read',
      'order:read',
    ]);
    expect((await bearer(sign({ sub: 'b', scp: ['ops:read'] }))).scopes).toEqual(['ops:read']);
    expect((await bearer(sign({ sub: 'c', roles: ['operator'] }))).scopes).toContain('ops:replay');
  });

  it('nobody is anonymous, and may ask without a token', async () => {
    expect(await authenticate(undefined)).toMatchObject({ kind: 'anonymous', scopes: [] });
  });

  it.each<[string, () => Promise<string>]>([
    ['another key', () => forge({ sub: 'a' })],
    ['another issuer', () => sign({ sub: 'a' }, { issuer: 'https://elsewhere.example.org/' })],
    ['another audience', () => sign({ sub: 'a' }, { audience: 'elsewhere' })],
    ['an end in the past', () => sign({ sub: 'a' }, { expires: '-1m' })],
    ['no subject', () => sign({})],
    [
      'a sandbox token',
      async () => {
        const made = await sandboxToken({ role: 'admin' }, { secret: SECRET, clock: systemClock });
        return 'token' in made ? made.token : '';
      },
    ],
    ['no token at all', async () => 'nonsense'],
  ])('a token with %s is refused', async (_, token) => {
    await expect(bearer(token())).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('a header that is no bearer token is refused with what would be right', async () => {
    await expect(authenticate('Basic YTpi')).rejects.toThrow('Bearer <access token>');
  });
});

describe('in the sandbox', () => {
  const authenticate = createAuthenticate({
    settings: readSettings({}),
    sandboxSecret: SECRET,
    clock: systemClock,
  });

  it('a token is what was asked for', async () => {
    const made = await sandboxToken(
      { role: 'associate', locationId: 'l1' },
      { secret: SECRET, clock: systemClock },
    );
    expect(await authenticate(`Bearer ${'token' in made ? made.token : ''}`)).toMatchObject({
      roles: ['associate'],
      locationId: 'l1',
      scopes: expect.arrayContaining(['order:price']),
    });
  });

  it.each([
    [{}],
    [{ role: 'king' }],
    [{ role: 'shopper', scopes: ['everything'] }],
    [{ role: 'shopper', extra: 1 }],
    [null],
  ])('%j is refused by the name of what is wrong', async (body) => {
    expect(await sandboxToken(body, { secret: SECRET, clock: systemClock })).toMatchObject({
      problems: [expect.any(String)],
    });
  });
});
