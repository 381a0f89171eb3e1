import { createHmac, timingSafeEqual } from 'node:crypto';

/** The headers of a signed delivery, as the Standard Webhooks specification (v1, symmetric) names them. */
export const WEBHOOK_HEADERS = {
  id: 'webhook-id',
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
} as const;

/** How far a delivery's timestamp may be from our clock, in both directions: the specification's own advice. */
export const TIMESTAMP_WINDOW_MS = 5 * 60_000;

const SECRET_PREFIX = 'whsec_';
/** The specification asks for 24 to 64 bytes. */
const SECRET_MIN_BYTES = 24;
const SECRET_MAX_BYTES = 64;

export type SignatureProblem =
  | { readonly code: 'SIGNATURE_MISSING'; readonly message: string }
  | { readonly code: 'TIMESTAMP_OUT_OF_WINDOW'; readonly message: string }
  | { readonly code: 'SIGNATURE_INVALID'; readonly message: string };

/** The headers to send with `rawBody`. `secret` is `whsec_` and base64; throws a RangeError that says so when it is not. */
export function signWebhook(delivery: {
  secret: string;
  id: string;
  at: Date;
  rawBody: string | Uint8Array;
}): Record<string, string> {
  const timestamp = String(Math.floor(delivery.at.getTime() / 1_000));
  const signature = signatureOf(secretBytes(delivery.secret), delivery.id, timestamp, delivery.rawBody);
  return {
    [WEBHOOK_HEADERS.id]: delivery.id,
    [WEBHOOK_HEADERS.timestamp]: timestamp,
    [WEBHOOK_HEADERS.signature]: `v1,${signature.toString('base64')}`,
  };
}

/**
 * Whether one of `secrets` signed exactly these bytes within the window; null when it did. Hand over two secrets while one is replaced by
 * the other. The time taken does not depend on how much of a signature is right.
 */
export function verifyWebhook(delivery: {
  secrets: readonly string[];
  headers: Readonly<Record<string, string | undefined>>;
  rawBody: Uint8Array;
  now: Date;
}): SignatureProblem | null {
  const id = delivery.headers[WEBHOOK_HEADERS.id];
  const timestamp = delivery.headers[WEBHOOK_HEADERS.timestamp];
  const signatures = delivery.headers[WEBHOOK_HEADERS.signature];
  if (!id || !timestamp || !signatures) {
    const message = `a delivery carries the headers ${Object.values(WEBHOOK_HEADERS).join(', ')}`;
    return { code: 'SIGNATURE_MISSING', message };
  }
  const sentAtMs = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1_000 : Number.NaN;
  if (!(Math.abs(delivery.now.getTime() - sentAtMs) <= TIMESTAMP_WINDOW_MS)) {
    const message = `${WEBHOOK_HEADERS.timestamp} is the time of sending in Unix seconds, at most ${TIMESTAMP_WINDOW_MS / 60_000} minutes from now`;
    return { code: 'TIMESTAMP_OUT_OF_WINDOW', message };
  }
  const given = signatures
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice('v1,'.length), 'base64'));
  let signed = false;
  for (const secret of delivery.secrets) {
    const expected = signatureOf(secretBytes(secret), id, timestamp, delivery.rawBody);
    for (const signature of given) {
      if (signature.length === expected.length && timingSafeEqual(signature, expected)) signed = true;
    }
  }
  return signed ? null : { code: 'SIGNATURE_INVALID', message: 'no secret of ours signed this delivery' };
}

/** What a secret has to be, for a setting or a form that takes one. */
export const WEBHOOK_SECRET_FORM = `must be ${SECRET_PREFIX} and ${SECRET_MIN_BYTES} to ${SECRET_MAX_BYTES} bytes in base64`;

export function isWebhookSecret(secret: string): boolean {
  const { length } = bytesOf(secret);
  return secret.startsWith(SECRET_PREFIX) && length >= SECRET_MIN_BYTES && length <= SECRET_MAX_BYTES;
}

/** The bytes of a `whsec_...` secret. Throws a RangeError naming the form. */
function secretBytes(secret: string): Buffer {
  if (!isWebhookSecret(secret)) throw new RangeError(`a webhook secret ${WEBHOOK_SECRET_FORM}`);
  return bytesOf(secret);
}

const bytesOf = (secret: string): Buffer => Buffer.from(secret.replace(SECRET_PREFIX, ''), 'base64');

function signatureOf(secret: Buffer, id: string, timestamp: string, rawBody: string | Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(rawBody).digest();
}
