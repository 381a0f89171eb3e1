import type { ClientSession } from 'mongoose';
import { documentStep } from '../../../connectors/document-step.ts';
import { money } from '../../../platform/money.ts';
import type { OperationHandler } from '../../../platform/outbox/dispatcher.ts';
import type { OperationRecord, OperationStepRecord } from '../../../platform/outbox/operation.ts';
import type { PendingMove } from '../domain/payment.ts';
import { withFact } from '../domain/payment-record.ts';
import { moveRefund, type RefundState } from '../domain/refund.ts';
import type { Room } from '../room.ts';
import { MOVE_KINDS, type MovePayload, type ResolvePayload } from '../store/outbox.ts';
import { DONE_EVENT } from '../store/payment-moves.ts';
import { undoOrder } from './order-money.ts';

/** The answer of `payment.resolve` when the provider certainly holds nothing. */
const NOTHING_HELD = 'nothing-held';

/** How finance carries out its captures, voids and refunds, and clears up authorizations nobody answered. */
export function paymentOperations(room: Room): OperationHandler[] {
  const { payments: connector, clock } = room;
  // Each operation of these kinds is written by store/outbox.ts with this payload.
  const moveOf = (operation: OperationRecord) => operation.payload as MovePayload;
  const head = (operation: OperationRecord) => ({
    reference: moveOf(operation).reference,
    paymentExternalId: moveOf(operation).pspReference,
    correlationId: operation.correlationId,
  });

  const capture: OperationHandler = {
    kind: MOVE_KINDS.CAPTURE,
    steps: {
      capture: documentStep({
        connector,
        clock,
        kind: 'paymentCapture',
        documentOf: (operation) => ({ ...head(operation), ...moveOf(operation).amount }),
      }),
    },
    onStep: (session, operation, step) => moved(session, operation, step, 'CAPTURE'),
  };

  const letGo: OperationHandler = {
    kind: MOVE_KINDS.VOID,
    steps: {
      void: documentStep({ connector, clock, kind: 'paymentVoid', documentOf: head }),
    },
    onStep: (session, operation, step) => moved(session, operation, step, 'VOID'),
  };

  const refund: OperationHandler = {
    kind: MOVE_KINDS.REFUND,
    steps: {
      refund: documentStep({
        connector,
        clock,
        kind: 'paymentRefund',
        documentOf(operation) {
          const { amount, reasonCode } = moveOf(operation);
          return { ...head(operation), ...amount, ...(reasonCode === null ? {} : { reasonCode }) };
        },
      }),
    },
    async onStep(session, operation, step) {
      await moved(session, operation, step, 'REFUND');
      const { refundId } = moveOf(operation);
      const known = refundId === null ? null : await room.finance.refunds.find(session, refundId);
      const to = refundStateAfter(step);
      if (known === null || to === null) return;
      await room.finance.refunds.setState(session, known._id, moveRefund(known.state, to), clock.now());
    },
  };

  const resolve: OperationHandler = {
    kind: 'payment.resolve',
    steps: { ask: { send: askProvider, ask: askProvider } },
    onStep: resolved,
  };

  async function askProvider(operation: OperationRecord, call: { signal: AbortSignal }) {
    const { paymentId } = operation.payload as ResolvePayload;
    const found = await connector.findDocument('paymentAuthorization', paymentId, { signal: call.signal });
    if (found === null) return { externalId: NOTHING_HELD };
    if (found.expiresAt !== undefined)
      await room.finance.payments.noteExpiry(paymentId, new Date(found.expiresAt));
    return { externalId: found.externalId };
  }

  async function resolved(session: ClientSession, operation: OperationRecord, step: OperationStepRecord) {
    if (step.state !== 'SUCCEEDED') return;
    const { paymentId } = operation.payload as ResolvePayload;
    const payment = (await room.finance.payments.byIds([paymentId], session)).get(paymentId);
    if (payment === undefined) return;
    const note = { id: room.newId(), at: clock.now(), amount: money(payment.asked, payment.currencyCode) };
    const held = step.externalId !== NOTHING_HELD;
    const decided = held
      ? withFact(
          payment,
          { type: 'AUTHORIZED' },
          { ...note, type: 'AUTHORIZED', pspReference: step.externalId },
        )
      : withFact(payment, { type: 'DECLINED' }, { ...note, type: 'NOT_HELD' });
    if (decided === payment) return;
    const known = held ? { pspReference: step.externalId } : { failureCode: 'NOT_HELD' };
    await room.finance.payments.save(session, { ...decided, ...known });
  }

  async function moved(
    session: ClientSession,
    operation: OperationRecord,
    step: OperationStepRecord,
    kind: PendingMove['kind'],
  ) {
    if (step.state !== 'SUCCEEDED' && step.state !== 'IN_DOUBT') return;
    const { paymentId, reference, amount } = moveOf(operation);
    const payment = (await room.finance.payments.byIds([paymentId], session)).get(paymentId);
    if (payment === undefined) return;
    const note = { id: room.newId(), at: clock.now(), amount, pspReference: step.externalId };
    const after =
      step.state === 'SUCCEEDED'
        ? withFact(payment, { type: 'MOVE_DONE', reference }, { ...note, type: DONE_EVENT[kind] })
        : withFact(payment, { type: 'MOVE_IN_DOUBT', reference }, { ...note, type: `${kind}_IN_DOUBT` });
    if (after === payment) return;
    await room.finance.payments.save(session, after);
    if (kind === 'CAPTURE' && step.state === 'SUCCEEDED' && after.orderId !== null) {
      // Money that was on its way when its order was canceled goes back now.
      const account = await room.finance.accounts.find(session, after.orderId);
      const { correlationId } = operation;
      if (account?.status === 'CANCELED')
        await undoOrder(session, room, account, { reasonCode: 'ORDER_CANCELED', correlationId });
    }
  }

  return [capture, letGo, refund, resolve];
}

function refundStateAfter(step: OperationStepRecord): RefundState | null {
  if (step.state === 'SUCCEEDED') return 'SUCCEEDED';
  if (step.state === 'IN_DOUBT') return 'IN_DOUBT';
  if (step.state === 'FAILED') return 'FAILED';
  return step.state === 'PENDING' ? 'SUBMITTED' : null;
}
