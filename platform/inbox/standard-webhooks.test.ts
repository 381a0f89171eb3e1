import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { isWebhookSecret, signWebhook, TIMESTAMP_WINDOW_MS, verifyWebhook } from './standard-webhooks.ts';

const secretOf = (fill: number) => `whsec_${Buffer.alloc(32, fill).toString('base64')}`;
const secret = secretOf(1);
const now = new Date('2026-03-01T12:00:00Z');
const rawBody = Buffer.from('{"sku":"A-1","onHand":"3"}');
const signed = (by = secret, at = now) => signWebhook({ secret: by, id: 'msg_1', at, rawBody });
const verify = (headers: Record<string, string>, change: Partial<Parameters<typeof verifyWebhook>[0]> = {}) =>
  verifyWebhook({ secrets: [secret], headers, rawBody, now, ...change })?.code ?? 'good';

describe('a signed delivery', () => {
  it('is accepted when one of the secrets signed it, whichever of two during a rotation', () => {
    expect(verify(signed())).toBe('good');
    expect(verify(signed(), { secrets: [secretOf(2), secret] })).toBe('good');
    expect(verify(signed(secretOf(2)), { secrets: [secret] })).toBe('SIGNATURE_INVALID');
    const both = `${signed(secretOf(2))['webhook-signature']} ${signed()['webhook-signature']}`;
    expect(verify({ ...signed(), 'webhook-signature': both })).toBe('good');
  });

  it('is refused with any one bit of its body, its id or its time changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: rawBody.length * 8 - 1 }), (bit) => {
        const changed = Buffer.from(rawBody);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(verify(signed(), { rawBody: changed })).toBe('SIGNATURE_INVALID');
      }),
    );
    expect(verify({ ...signed(), 'webhook-id': 'msg_2' })).toBe('SIGNATURE_INVALID');
    const second = String(Math.floor(now.getTime() / 1_000) + 1);
    expect(verify({ ...signed(), 'webhook-timestamp': second })).toBe('SIGNATURE_INVALID');
  });

  it('is refused when it is older or newer than the window, or its time is none', () => {
    const shifted = (ms: number) => verify(signed(secret, new Date(now.getTime() + ms)));
    expect(shifted(-TIMESTAMP_WINDOW_MS)).toBe('good');
    expect(shifted(-TIMESTAMP_WINDOW_MS - 1_000)).toBe('TIMESTAMP_OUT_OF_WINDOW');
    expect(shifted(TIMESTAMP_WINDOW_MS + 1_000)).toBe('TIMESTAMP_OUT_OF_WINDOW');
    expect(verify({ ...signed(), 'webhook-timestamp': 'noon' })).toBe('TIMESTAMP_OUT_OF_WINDOW');
  });

  it('is refused without its headers, or with a signature of another kind', () => {
    expect(verify({})).toBe('SIGNATURE_MISSING');
    const other = (signed()['webhook-signature'] ?? '').replace('v1,', 'v1a,');
    expect(verify({ ...signed(), 'webhook-signature': other })).toBe('SIGNATURE_INVALID');
  });

  it('is what the specification’s own library signs and accepts', () => {
    const present = new Date();
    const library = new Webhook(secret);
    expect(library.verify(rawBody.toString(), signed(secret, present))).toEqual({ sku: 'A-1', onHand: '3' });
    const signature = library.sign('msg_1', present, rawBody.toString());
    expect(signature).toBe(signed(secret, present)['webhook-signature']);
  });
});

it('a secret of another form is refused with the form', () => {
  expect(isWebhookSecret(secret)).toBe(true);
  expect(isWebhookSecret(secret.replace('whsec_', ''))).toBe(false);
  expect(() => signed('hunter2')).toThrow('whsec_');
  expect(() => signed(`whsec_${Buffer.alloc(8).toString('base64')}`)).toThrow('24 to 64 bytes');
});
