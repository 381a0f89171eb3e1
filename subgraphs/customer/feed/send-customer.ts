import type { ClientSession } from 'mongoose';
import type { CustomerRecord } from '../../../connectors/canonical/customer.ts';
import { ConnectorError } from '../../../connectors/connector-error.ts';
import type { Connector } from '../../../connectors/port.ts';
import type { Integration } from '../../../platform/integration.ts';
import type { OperationHandler, StepCall } from '../../../platform/outbox/dispatcher.ts';
import type { OperationRecord } from '../../../platform/outbox/operation.ts';
import type { Customer } from '../domain/customer.ts';
import type { CustomerReader } from '../store/read-customers.ts';

export interface CustomerSender {
  readonly handler: OperationHandler;
  /** Has the ERP told of a customer made here, in the transaction that makes them. Nothing when the ERP takes no customers. */
  enqueue(session: ClientSession, customer: Customer, correlationId: string): Promise<void>;
  wake(): void;
}

const SEND = { kind: 'customer.send', step: 'writeCustomer' } as const;

/**
 * Tells the ERP of customers made here. It is told them as they stand when it is told; the account's code is its key there, so telling
 * it twice makes one account, and after a doubt it is simply told again.
 */
export function createCustomerSender(options: {
  erp: Connector;
  integration: Integration;
  read: CustomerReader;
}): CustomerSender {
  const { erp, integration, read } = options;
  const takesCustomers =
    erp.loadMasterData !== undefined && erp.capabilities.masterData.includes('customers');

  async function send({ subjectId }: OperationRecord, { signal }: StepCall): Promise<{ externalId: string }> {
    const customer = (await read.customers([subjectId])).get(subjectId);
    if (customer === undefined) throw new Error(`customer ${subjectId} is gone`);
    const result = await erp.loadMasterData?.('customers', [recordOf(customer)], { signal });
    const rejected = result?.rejected[0];
    if (rejected !== undefined) throw new ConnectorError('rejected', { system: erp.system, ...rejected });
    return { externalId: customer.code };
  }

  return {
    handler: { kind: SEND.kind, steps: { [SEND.step]: { send, ask: async () => null } } },
    async enqueue(session, { id }, correlationId) {
      if (!takesCustomers) return;
      await integration.operations.enqueue(session, {
        owner: 'customer',
        kind: SEND.kind,
        subjectId: id,
        // Orders of the customer line up behind it: the ERP refuses an order of somebody it has never heard of.
        aggregate: `customer:${id}`,
        correlationId,
        idempotencyKey: id,
        lane: 'order',
        steps: [{ name: SEND.step, system: erp.system }],
        payload: {},
      });
    },
    wake: () => integration.operations.wake('customer'),
  };
}

function recordOf({ code, givenName, familyName, email, phone, countryCode }: Customer): CustomerRecord {
  const known = Object.entries({ givenName, familyName, email, phone, countryCode }).filter(
    (field): field is [string, string] => field[1] !== null,
  );
  return { code, ...Object.fromEntries(known) };
}
