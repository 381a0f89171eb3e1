import { type ExecutionResult, execute, parse, subscribe } from 'graphql';
import { createSandboxErpConnector } from '../../connectors/sandbox/sandbox-erp.ts';
import { createSandboxPaymentsConnector } from '../../connectors/sandbox/sandbox-payments.ts';
import { createSandboxTaxConnector } from '../../connectors/sandbox/sandbox-tax.ts';
import { type Identity, SCOPES_BY_ROLE, serviceIdentity } from '../../platform/identity/identity.ts';
import { newId } from '../../platform/ids.ts';
import { createFinance } from '../../subgraphs/finance/index.ts';
import { startSandboxUnderTest, TOKEN } from '../connectors/sandbox-under-test.ts';
import { startTestStore } from '../kit/store.ts';

export const room: Identity = serviceIdentity('order');
export const agent: Identity = {
  subject: 'agent',
  kind: 'user',
  roles: ['agent'],
  scopes: SCOPES_BY_ROLE.agent,
  clientId: 'desk',
};
export const bookkeeper: Identity = {
  subject: 'bookkeeper',
  kind: 'user',
  roles: ['finance'],
  scopes: SCOPES_BY_ROLE.finance,
  clientId: 'books',
};
export const shopper = (customerId: string): Identity => ({
  subject: customerId,
  kind: 'user',
  roles: ['shopper'],
  scopes: SCOPES_BY_ROLE.shopper,
  customerId,
  clientId: 'shop',
});

export interface Problem {
  code: string;
  field: string[] | null;
  retryable: boolean;
  message: string;
}

export interface PaymentAnswer {
  payment: {
    id: string;
    state: string;
    authorized: { amount: string };
    captured: { amount: string };
    refunded: { amount: string };
    pspReference: string | null;
  } | null;
  replayed: boolean;
  userErrors: Problem[];
}

const PAYMENT = 'id state authorized { amount } captured { amount } refunded { amount } pspReference';
const PROBLEMS = 'userErrors { code field retryable message }';

/** Finance as it runs: on a real store, with the sandbox's ERP, payment provider and tax system over HTTP. */
export async function startFinance(options: { providerTimeoutMs?: number } = {}) {
  const store = await startTestStore();
  const sandbox = await startSandboxUnderTest();
  const erp = createSandboxErpConnector({ url: sandbox.systems.erpUrl, token: TOKEN });
  const payments = createSandboxPaymentsConnector({
    url: sandbox.systems.paymentsUrl,
    token: TOKEN,
    timeoutMs: options.providerTimeoutMs ?? 5_000,
  });
  const tax = createSandboxTaxConnector({ url: sandbox.systems.taxUrl, token: TOKEN });
  const subgraph = createFinance({ ...store.dependencies, erp, payments, tax });
  await subgraph.start();

  const contextFor = (identity: Identity) =>
    subgraph.contextFor({ identity, correlationId: newId(), deadlineMs: Date.now() + 15_000 });

  const answer = async (
    document: string,
    variables: Record<string, unknown> = {},
    identity: Identity = room,
  ): Promise<ExecutionResult> =>
    execute({
      schema: subgraph.schema,
      document: parse(document),
      variableValues: variables,
      contextValue: contextFor(identity),
    });

  async function ask<D>(
    document: string,
    variables?: Record<string, unknown>,
    identity?: Identity,
  ): Promise<D> {
    const { data, errors } = await answer(document, variables, identity);
    if (errors !== undefined) throw errors[0];
    // The test knows what it has asked for.
    return data as D;
  }

  const finance = {
    store,
    sandbox,
    erp,
    payments,
    subgraph,
    answer,
    ask,
    async listen(document: string, variables: Record<string, unknown>, identity: Identity = room) {
      const stream = await subscribe({
        schema: subgraph.schema,
        document: parse(document),
        variableValues: variables,
        contextValue: contextFor(identity),
      });
      if (!(Symbol.asyncIterator in stream))
        throw new Error(`not subscribed: ${JSON.stringify(stream.errors)}`);
      return stream as AsyncIterableIterator<ExecutionResult>;
    },
    async authorize(input: Record<string, unknown> = {}, identity: Identity = agent): Promise<PaymentAnswer> {
      const { authorizePayment } = await ask<{ authorizePayment: PaymentAnswer }>(
        `mutation ($input: AuthorizePaymentInput!) { authorizePayment(input: $input) { payment { ${PAYMENT} } replayed ${PROBLEMS} } }`,
        {
          input: {
            idempotencyKey: newId(),
            amount: gbp('100'),
            tenderType: 'CARD',
            token: 'tok_visa',
            ...input,
          },
        },
        identity,
      );
      return authorizePayment;
    },
    /** A payment that is held or taken; the test fails when it is not. */
    async pay(amount: string, input: Record<string, unknown> = {}): Promise<string> {
      const { payment, userErrors } = await finance.authorize({ amount: gbp(amount), ...input });
      if (payment === null || userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
      return payment.id;
    },
    async open(orderId: string, total: string, paymentIds: string[], more: Record<string, unknown> = {}) {
      const { openOrderAccount } = await ask<{ openOrderAccount: { userErrors: Problem[] } }>(
        `mutation ($input: OpenOrderAccountInput!) { openOrderAccount(input: $input) { ${PROBLEMS} } }`,
        {
          input: {
            idempotencyKey: newId(),
            orderId,
            orderNumber: numberOf(orderId),
            total: gbp(total),
            paymentIds,
            ...more,
          },
        },
      );
      return openOrderAccount.userErrors;
    },
    async payment(id: string) {
      const data = await ask<{ _entities: [PaymentAnswer['payment'] & { events: { type: string }[] }] }>(
        `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Payment { ${PAYMENT} events { type } } } }`,
        { of: [{ __typename: 'Payment', id }] },
      );
      return data._entities[0];
    },
    async order<D>(id: string, selection: string, subtotal = '100.00'): Promise<D> {
      const data = await ask<{ _entities: [D] }>(
        `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Order { ${selection} } } }`,
        { of: [{ __typename: 'Order', id, subtotal: gbp(subtotal) }] },
      );
      return data._entities[0];
    },
    /** What the order subgraph would publish. */
    async publish(type: string, data: Record<string, unknown>) {
      const { integration, store: books } = store.dependencies;
      await books.transaction((session) =>
        integration.events.publish(session, {
          source: '/subgraphs/order',
          type,
          subject: 'test',
          correlationId: newId(),
          data,
        }),
      );
    },
    async stop() {
      await subgraph.stop();
      await erp.close();
      await payments.close();
      await tax.close();
      await sandbox.stop();
      await store.stop();
    },
  };
  return finance;
}

export type StartedFinance = Awaited<ReturnType<typeof startFinance>>;

export const gbp = (amount: string) => ({ amount, currencyCode: 'GBP' });

export const numberOf = (orderId: string) => `UC-${orderId}`;
