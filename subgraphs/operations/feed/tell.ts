import type { ClientSession } from 'mongoose';
import { request } from 'undici';
import { ConnectorError } from '../../../connectors/connector-error.ts';
import { signWebhook } from '../../../platform/inbox/standard-webhooks.ts';
import type { OperationHandler, StepCall } from '../../../platform/outbox/dispatcher.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import type { Audience, BusinessException } from '../domain/business-exception.ts';
import type { Room } from '../room.ts';

/** Where people hear of exceptions: a Standard Webhooks receiver. */
export interface Receiver {
  readonly url: string;
  /** `whsec_...` */
  readonly secret: string;
}

/** Business to business, technical to technical; an audience without a receiver finds its work in the graph alone. */
export type Receivers = Readonly<Partial<Record<Audience, Receiver>>>;

export interface Teller {
  /** The systems telling calls; one for each receiver. */
  readonly systems: readonly string[];
  readonly handlers: readonly OperationHandler[];
  /** Has the exception's people told, in the transaction that raises it. */
  tell(session: ClientSession, raised: BusinessException): Promise<void>;
  wake(): void;
  register(): Promise<void>;
}

const KIND = 'exception.tell';
const STEP = 'send';
const systemOf = (audience: Audience): string => `webhook-${audience.toLowerCase()}`;

/** Tells of exceptions through the outbox like any other effect: once per exception, through outages of the receiver, replayable. */
export function createTeller(room: Room, receivers: Receivers): Teller {
  const { integration, clock } = room;
  const audiences = (['BUSINESS', 'TECHNICAL'] as const).filter(
    (audience) => receivers[audience] !== undefined,
  );

  async function send(operation: OperationRecord, call: StepCall): Promise<{ externalId: string }> {
    // Written by `tell`, below.
    const raised = operation.payload as BusinessException & { openedAt: string };
    const receiver = receivers[raised.audience];
    const system = systemOf(raised.audience);
    if (receiver === undefined)
      throw new ConnectorError('refused', { system, code: 'UNSUPPORTED', message: 'no receiver is set' });
    const id = `msg_${call.key.slice(0, 32)}`;
    const rawBody = JSON.stringify({
      type: 'businessException.raised',
      timestamp: raised.openedAt,
      data: raised,
    });
    // The id is the same in every attempt, so that a receiver knows what it has heard; the time is that of the attempt.
    const signed = signWebhook({ secret: receiver.secret, id, at: clock.now(), rawBody });
    const answer = await request(receiver.url, {
      method: 'POST',
      headers: { ...signed, 'content-type': 'application/json' },
      body: rawBody,
      signal: call.signal,
    }).catch((cause: unknown) => {
      throw new ConnectorError('not-sent', {
        system,
        code: 'CONNECTION_LOST',
        message: String(cause),
        cause,
      });
    });
    await answer.body.dump();
    if (answer.statusCode >= 200 && answer.statusCode < 300) return { externalId: id };
    const code = answer.statusCode === 429 ? 'THROTTLED' : 'SYSTEM_ERROR';
    const seconds = Number(answer.headers['retry-after']);
    throw new ConnectorError(answer.statusCode === 410 ? 'refused' : 'not-sent', {
      system,
      code,
      message: `answered ${answer.statusCode}`,
      ...(seconds > 0 ? { retryAfterMs: Math.min(seconds, 3_600) * 1_000 } : {}),
    });
  }

  return {
    systems: audiences.map(systemOf),
    // Whoever hears a delivery twice knows it by its id: after a doubt it is simply sent again.
    handlers: [{ kind: KIND, steps: { [STEP]: { send, ask: async () => null } } }],
    async tell(session, raised) {
      if (receivers[raised.audience] === undefined) return;
      await integration.operations.enqueue(session, {
        owner: 'operations',
        kind: KIND,
        subjectId: raised._id,
        aggregate: `exception:${raised._id}`,
        correlationId: raised._id,
        idempotencyKey: raised._id,
        lane: 'return',
        steps: [{ name: STEP, system: systemOf(raised.audience) }],
        payload: { ...raised, openedAt: raised.openedAt.toISOString() },
      });
    },
    wake: () => integration.operations.wake('operations'),
    async register() {
      for (const audience of audiences) {
        await integration.health.register({
          _id: systemOf(audience),
          connector: 'standard-webhooks',
          kind: 'WEBHOOK',
          owns: [],
          conformance: 'signs as Standard Webhooks does',
        });
      }
    },
  };
}
