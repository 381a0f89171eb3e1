import { verifyWebhook } from '../../platform/inbox/standard-webhooks.ts';
import type { ReadWebhook, WebhookReading } from '../../platform/inbox/webhook-door.ts';
import { cloudEventSchema } from '../cloud-event.ts';
import type { FeedName } from '../feeds.ts';
import { dataSchemaOf, eventTypeOf, type PushingSystem } from './webhook-form.ts';

/**
 * Reads a sandbox system's deliveries: Standard Webhooks signatures by one of `secrets` (two while one replaces the other) over a
 * CloudEvent in JSON that carries one numbered change of a feed.
 */
export function createWebhookReader(options: {
  system: string;
  /** The stand-in it comes from, whatever operations call it here. */
  face: PushingSystem;
  feeds: readonly FeedName[];
  secrets: readonly string[];
}): ReadWebhook {
  const { system, face, secrets } = options;
  const feedOf = new Map(options.feeds.map((feed) => [eventTypeOf(face, feed), feed]));

  return ({ headers, rawBody, now }) => {
    const problem = verifyWebhook({ secrets, headers, rawBody, now });
    if (problem !== null) return { ok: false, genuine: false, ...problem };
    const parsed = cloudEventSchema.safeParse(parseJson(rawBody));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return unreadable(
        'INVALID_EVENT',
        `${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'no CloudEvent'}`,
      );
    }
    const event = parsed.data;
    const feed = feedOf.get(event.type);
    if (feed === undefined)
      return unreadable('UNKNOWN_TYPE', `type: known are ${[...feedOf.keys()].join(', ')}`);
    if (event.dataschema !== dataSchemaOf(face, feed)) {
      return unreadable('UNKNOWN_SCHEMA', `dataschema: this reader knows ${dataSchemaOf(face, feed)}`);
    }
    const { source, id, type, time } = event;
    const position = Number(event.sequence);
    return {
      ok: true,
      message: { source, id, type, time, system, feed, position, data: JSON.stringify(event.data ?? null) },
    };
  };
}

function unreadable(code: string, message: string): WebhookReading {
  return { ok: false, genuine: true, code, message };
}

function parseJson(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(rawBody).toString('utf8'));
  } catch {
    return undefined;
  }
}
