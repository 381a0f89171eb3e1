import { createTrytonConnector, type TrytonOptions } from '../../connectors/tryton/tryton-connector.ts';
import { type ErpProxy, startErpProxy } from './erp-proxy.ts';
import { PREPARED_IN, startTryton, type TrytonServer } from './tryton-server.ts';

/** Where `npm run test:erp` left its database; without it there is nothing to test against, and the tests of this folder are skipped. */
export const preparedIn = process.env[PREPARED_IN];

/** A Tryton of the test's own behind a network that fails as it is told, and connectors to it. */
export interface TrytonUnderTest {
  readonly tryton: TrytonServer;
  readonly proxy: ErpProxy;
  connect(change?: Partial<TrytonOptions>): ReturnType<typeof createTrytonConnector>;
  stop(): Promise<void>;
}

export async function startTrytonUnderTest(): Promise<TrytonUnderTest> {
  if (preparedIn === undefined)
    throw new Error(`${PREPARED_IN} is not set: run these tests with npm run test:erp`);
  const tryton = await startTryton(preparedIn);
  const proxy = await startErpProxy(tryton.url);
  const { database, user, password } = tryton;
  return {
    tryton,
    proxy,
    connect: (change = {}) =>
      createTrytonConnector({ url: proxy.url, database, user, password, storeCodes: ['SHOP'], ...change }),
    async stop() {
      await proxy.stop();
      await tryton.remove();
    },
  };
}
