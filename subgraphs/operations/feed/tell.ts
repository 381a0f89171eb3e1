import type { ClientSession } from 'mongoose';
import { request } from 'undici';
import { ConnectorError } from '../../../connectors/connector-error.ts';
import { signWebhook } from '../../../platform/inbox/standard-webhooks.ts';
import type { SubgraphDependencies } from '../../../platform/integration.ts';
import type { OperationHandler, StepCall } from '../../../platform/outbox/dispatcher.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import type { Audience, BusinessException } from '../domain/business-exception.ts';

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
  /** Has the exception's people told, in the transaction that raises or closes it. */
  tell(session: ClientSession, exception: BusinessException): Promise<void>;
  wake(): void;
  register(): Promise<void>;
}

const OWNER = 'operations';
const KIND = 'exception.tell';
const STEP = 'send';
const systemOf = (audience: Audience): string => `webhook-${audience.toLowerCase()}`;

type Told = Omit<BusinessException, 'openedAt' | 'resolvedAt'> & {
  readonly openedAt: string;
  readonly resolvedAt: string | null;
};

/**
 * Tells of exceptions through the outbox like any other effect: that one was raised, then that it was closed, once each, in this order,
 * through outages of the receiver, replayable.
 */
export function createTeller(
  { integration, clock }: Pick<SubgraphDependencies, 'integration' | 'clock'>,
  receivers: Receivers,
): Teller {
  const audiences = (['BUSINESS', 'TECHNICAL'] as const).filter(
    (audience) => receivers[audience] !== undefined,
  );

  async function send(operation: OperationRecord, call: StepCall): Promise<{ externalId: string }> {
    // Written by `tell`, below.
    const told = operation.payload as Told;
    const receiver = receivers[told.audience];
    const system = systemOf(told.audience);
    if (receiver === undefined)
      throw new ConnectorError('refused', { system, code: 'UNSUPPORTED', message: 'no receiver is set' });
    const id = `msg_${call.key.slice(0, 32)}`;
    const rawBody = JSON.stringify({
      type: told.resolvedAt === null ? 'businessException.raised' : 'businessException.resolved',
      timestamp: told.resolvedAt ?? told.openedAt,
      data: told,
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

  /** Of telling that failed nobody is told: that would fail as well. */
  async function isAboutTelling(session: ClientSession, { operationId }: BusinessException) {
    if (operationId === null) return false;
    const telling = integration.operations.model.exists({ _id: operationId, owner: OWNER });
    return (await telling.session(session)) !== null;
  }

  return {
    systems: audiences.map(systemOf),
    // Whoever hears a delivery twice knows it by its id: after a doubt it is simply sent again.
    handlers: [{ kind: KIND, steps: { [STEP]: { send, ask: async () => null } } }],
    async tell(session, exception) {
      const { _id, audience, openedAt, resolvedAt } = exception;
      if (receivers[audience] === undefined || (await isAboutTelling(session, exception))) return;
      await integration.operations.enqueue<Told>(session, {
        owner: OWNER,
        kind: KIND,
        subjectId: _id,
        aggregate: `exception:${_id}`,
        correlationId: _id,
        idempotencyKey: resolvedAt === null ? _id : `${_id}/resolved`,
        lane: 'return',
        steps: [{ name: STEP, system: systemOf(audience) }],
        payload: {
          ...exception,
          openedAt: openedAt.toISOString(),
          resolvedAt: resolvedAt?.toISOString() ?? null,
        },
      });
    },
    wake: () => integration.operations.wake(OWNER),
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
