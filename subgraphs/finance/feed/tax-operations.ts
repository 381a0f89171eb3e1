import type { ClientSession } from 'mongoose';
import { documentStep } from '../../../connectors/document-step.ts';
import type { Connector } from '../../../connectors/port.ts';
import type { OperationHandler, StepHandler } from '../../../platform/outbox/dispatcher.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import { type OrderTax, quoteIdOf, quoteRequestOf } from '../domain/order-tax.ts';
import type { Room } from '../room.ts';
import { TAX_KINDS, type TaxPayload } from '../store/tax-outbox.ts';
import { figuresOfReceipt, quoteTax } from './quote-tax.ts';

/** How the tax of an order comes to be owed, and is taken back when nothing is sold. */
export function taxOperations(room: Room, connector: Connector): OperationHandler[] {
  const { clock } = room;
  const { orderTaxes } = room.finance;

  async function taxOf(operation: OperationRecord): Promise<OrderTax> {
    // Written by store/tax-outbox.ts with this payload.
    const { orderId } = operation.payload as TaxPayload;
    const tax = await orderTaxes.find(orderId);
    if (tax === null) throw new Error(`the tax of order ${orderId} is gone`);
    return tax;
  }

  async function settle(session: ClientSession, operation: OperationRecord, number: string | null) {
    const { orderId } = operation.payload as TaxPayload;
    await orderTaxes.setDocument(session, orderId, number);
  }

  /** Asked for while the order was placed, and not answered: the figures are written down before the step counts as done. */
  const quote: StepHandler = {
    async send(operation, { signal }) {
      const tax = await taxOf(operation);
      const { correlationId } = operation;
      const figures = await quoteTax(connector, tax, { correlationId, signal });
      await orderTaxes.setFigures(tax._id, figures);
      return { externalId: figures.quoteId };
    },
    async ask(operation, { signal }) {
      const tax = await taxOf(operation);
      const { reference } = quoteRequestOf(tax, operation.correlationId);
      const receipt = await connector.findDocument('taxQuote', reference, { signal });
      if (receipt === null) return null;
      await orderTaxes.setFigures(tax._id, figuresOfReceipt(connector.system, receipt));
      return { externalId: receipt.externalId };
    },
  };

  const commit = documentStep({
    connector,
    clock,
    kind: 'taxDocument',
    keep: 'number',
    async documentOf(operation) {
      const tax = await taxOf(operation);
      const quoteExternalId = quoteIdOf(tax);
      if (quoteExternalId === null) throw new Error(`the tax of order ${tax._id} was never quoted`);
      return {
        reference: tax.orderNumber,
        quoteExternalId,
        correlationId: operation.correlationId,
      };
    },
  });

  const takeBack = documentStep({
    connector,
    clock,
    kind: 'taxVoid',
    keep: 'number',
    async documentOf(operation) {
      const { orderNumber } = await taxOf(operation);
      return {
        reference: orderNumber,
        documentReference: orderNumber,
        reasonCode: 'ORDER_CANCELED',
        correlationId: operation.correlationId,
      };
    },
  });

  return [
    {
      kind: TAX_KINDS.commit,
      steps: { quote, commit },
      async onStep(session, operation, step) {
        if (step.name === 'commit' && step.state === 'SUCCEEDED')
          await settle(session, operation, step.externalId);
      },
    },
    {
      kind: TAX_KINDS.takeBack,
      steps: { void: takeBack },
      async onStep(session, operation, step) {
        if (step.state === 'SUCCEEDED') await settle(session, operation, null);
      },
    },
  ];
}
