import { ConnectorError } from '../../../connectors/connector-error.ts';
import { accepted } from '../../../platform/errors.ts';
import { type Caller, hasScope } from '../../../platform/identity/identity.ts';
import { deriveKey } from '../../../platform/ids.ts';
import { money } from '../../../platform/money.ts';
import type { CallOutcome } from '../../../platform/outbox/operation.ts';
import { authorizationProblems, decideAuthorization } from '../domain/authorization.ts';
import { newBook, type PaymentFact } from '../domain/payment.ts';
import { type PaymentRecord, withFact } from '../domain/payment-record.ts';
import type { AuthorizePaymentInput, MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';
import { enqueueResolve } from '../store/outbox.ts';

/** One call to the provider may take this long, and less when the caller does not wait as long. */
const CALL_TIMEOUT_MS = 8_000;
const LEAST_CALL_TIMEOUT_MS = 500;
/** Kept of the caller's time for writing down what the provider said. */
const MARGIN_MS = 500;

interface Attempt {
  readonly type: string;
  readonly fact: PaymentFact | null;
  readonly change: Partial<PaymentRecord>;
}

/**
 * Writes the payment down, then asks the provider, then writes down what it said. Whatever happens in between, the payment is there
 * with its key, and a repetition finds it.
 */
export function authorizePayment(room: Room): NonNullable<MutationResolvers['authorizePayment']> {
  return async (_parent, { input }, { caller }) => {
    const outcome = await room.idempotency.once(
      { identity: caller.identity, mutation: 'authorizePayment', key: input.idempotencyKey, input },
      async (session) => {
        const decided = decideAuthorization({
          amount: input.amount,
          tenderType: input.tenderType,
          staff: hasScope(caller.identity, 'order:write'),
        });
        if (!decided.ok) return decided;
        const { asked, backing } = decided.value;
        const created = newPayment(room, caller, input, asked);
        const payment = backing === 'provider' ? created : withoutProvider(room, created, backing === 'till');
        await room.finance.payments.insert(session, payment);
        return accepted({ id: payment._id });
      },
    );
    if (!outcome.done) return { payment: null, replayed: false, userErrors: [...outcome.errors] };
    const { id } = outcome.value;
    const { replayed } = outcome;
    const payment = await load(room, id);
    const mine = payment.phase === 'CREATED' ? await claim(room, payment, replayed) : null;
    const settled = mine === null ? payment : await ask(room, mine, input, caller);
    return {
      payment: settled,
      replayed,
      userErrors: authorizationProblems(settled, room.clock.now()),
    };
  };
}

async function load(room: Room, id: string): Promise<PaymentRecord> {
  const payment = (await room.finance.payments.byIds([id])).get(id);
  if (payment === undefined) throw new Error(`payment ${id} is gone`);
  return payment;
}

/** The first request owns its attempt from the moment it wrote the payment; a repetition must find that nobody is asking any more. */
async function claim(room: Room, payment: PaymentRecord, replayed: boolean): Promise<PaymentRecord | null> {
  if (!replayed) return payment;
  const now = room.clock.now();
  return room.finance.payments.claimAttempt(payment._id, now, attemptEnd(now));
}

async function ask(
  room: Room,
  payment: PaymentRecord,
  input: AuthorizePaymentInput,
  caller: Caller,
): Promise<PaymentRecord> {
  const attempt = await callProvider(room, payment, input, caller);
  const settled = await room.store.transaction(async (session) => {
    const current = (await room.finance.payments.byIds([payment._id], session)).get(payment._id);
    if (current === undefined) throw new Error(`payment ${payment._id} is gone`);
    const note = {
      id: room.newId(),
      at: room.clock.now(),
      type: attempt.type,
      amount: money(payment.asked, payment.currencyCode),
      pspReference: attempt.change.pspReference ?? null,
      idempotencyKey: payment.idempotencyKey,
    };
    const evolved = attempt.fact === null ? current : withFact(current, attempt.fact, note);
    // Somebody else learned first what became of it.
    if (evolved === current && attempt.fact !== null) return current;
    const changed = { ...evolved, ...attempt.change };
    await room.finance.payments.save(session, changed);
    if (attempt.fact?.type === 'IN_DOUBT') await enqueueResolve(session, room, changed);
    return changed;
  });
  if (settled.phase === 'IN_DOUBT') room.integration.operations.wake('finance');
  return settled;
}

async function callProvider(
  room: Room,
  payment: PaymentRecord,
  input: AuthorizePaymentInput,
  caller: Caller,
): Promise<Attempt> {
  const { payments: connector, clock } = room;
  const { health } = room.integration;
  // Nothing went out and nobody is asking: the next request with this key may.
  const over = { attemptUntil: null };
  if (!health.admit(connector.system).open) return { type: 'NOT_SENT', fact: null, change: over };
  const leftMs = caller.deadlineMs - clock.now().getTime() - MARGIN_MS;
  const timeoutMs = Math.max(LEAST_CALL_TIMEOUT_MS, Math.min(CALL_TIMEOUT_MS, leftMs));
  try {
    const receipt = await connector.createDocument(
      'paymentAuthorization',
      {
        reference: payment._id,
        ...(input.orderId == null ? {} : { orderReference: input.orderId }),
        amount: payment.asked,
        currencyCode: payment.currencyCode,
        token: input.token,
        correlationId: caller.correlationId,
      },
      { key: deriveKey(payment._id, 'authorize'), signal: AbortSignal.timeout(timeoutMs) },
    );
    health.succeeded(connector.system);
    const expiresAt = receipt.expiresAt === undefined ? null : new Date(receipt.expiresAt);
    return {
      type: 'AUTHORIZED',
      fact: { type: 'AUTHORIZED' },
      change: { pspReference: receipt.externalId, authorizationExpiresAt: expiresAt, attemptUntil: null },
    };
  } catch (error) {
    // A connector throws nothing else; anything else is a surprise after which nobody knows what happened.
    const { outcome, code, message } =
      error instanceof ConnectorError
        ? error
        : { outcome: 'in-doubt' as const, code: 'UNEXPECTED', message: String(error) };
    health.failed(connector.system, { kind: kindOf(outcome), code, message });
    room.logger.warn(
      { payment: payment._id, outcome, code, correlationId: caller.correlationId },
      'a payment was not authorized',
    );
    if (outcome === 'rejected')
      return {
        type: 'DECLINED',
        fact: { type: 'DECLINED' },
        change: { failureCode: code, attemptUntil: null },
      };
    if (outcome === 'in-doubt')
      return { type: 'IN_DOUBT', fact: { type: 'IN_DOUBT' }, change: { attemptUntil: null } };
    return { type: 'NOT_SENT', fact: null, change: over };
  }
}

function kindOf(outcome: ConnectorError['outcome']): CallOutcome['kind'] {
  if (outcome === 'in-doubt') return 'in-doubt';
  return outcome === 'rejected' || outcome === 'refused' ? 'refused' : 'not-done';
}

function newPayment(
  room: Room,
  caller: Caller,
  input: AuthorizePaymentInput,
  asked: { amount: string; currencyCode: string },
): PaymentRecord {
  const now = room.clock.now();
  return {
    ...newBook(asked),
    _id: room.newId(),
    tenderType: input.tenderType,
    state: 'CREATED',
    orderId: input.orderId ?? null,
    bound: false,
    customerId: caller.identity.customerId ?? null,
    idempotencyKey: input.idempotencyKey,
    correlationId: caller.correlationId,
    pspReference: null,
    authorizationExpiresAt: null,
    failureCode: null,
    attemptUntil: attemptEnd(now),
    events: [],
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

/** Nobody has to be asked: a till took the cash, or we hold the customer's promise ourselves. */
function withoutProvider(room: Room, created: PaymentRecord, taken: boolean): PaymentRecord {
  const amount = money(created.asked, created.currencyCode);
  const note = (type: string) => ({
    id: room.newId(),
    at: created.createdAt,
    type,
    amount,
    idempotencyKey: created.idempotencyKey,
  });
  const held = { ...withFact(created, { type: 'AUTHORIZED' }, note('AUTHORIZED')), attemptUntil: null };
  if (!taken) return held;
  const reference = room.newId();
  const move = { kind: 'CAPTURE' as const, reference, amount: amount.amount };
  const asked = withFact(held, { type: 'REQUESTED', move }, note('CAPTURE_REQUESTED'));
  return withFact(asked, { type: 'MOVE_DONE', reference }, note('CAPTURED'));
}

function attemptEnd(now: Date): Date {
  return new Date(now.getTime() + CALL_TIMEOUT_MS + MARGIN_MS);
}
