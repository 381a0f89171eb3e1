import { Schema } from 'mongoose';
import { documentStep } from '../../../connectors/document-step.ts';
import { createSandboxErpConnector } from '../../../connectors/sandbox/sandbox-erp.ts';
import { systemClock as clock } from '../../../platform/clock.ts';
import { accepted } from '../../../platform/errors.ts';
import { createIdempotency } from '../../../platform/idempotency/idempotency.ts';
import { serviceIdentity } from '../../../platform/identity/identity.ts';
import { idFromKey, newId } from '../../../platform/ids.ts';
import { createIntegration } from '../../../platform/integration.ts';
import { createDispatcher } from '../../../platform/outbox/dispatcher.ts';
import { connectStore, prepareModels, type Store } from '../../../platform/store/store.ts';
import { silentLogger as logger } from '../../../platform/telemetry/logger.ts';
import { INTENTS, type Point } from './points.ts';

/**
 * A room and its dispatcher, which kills itself with SIGKILL when it passes `point` for the `hit`-th time. Without a point it ends when
 * every intent is acknowledged. Arguments: store, databases, ERP, token, point, hit.
 */
const [uri = '', databasePrefix = '', erpUrl = '', token = '', point = '', hit = '1'] = process.argv.slice(2);
let passed = 0;
function pass(here: Point): void {
  if (here !== point) return;
  passed += 1;
  if (passed === Number(hit)) process.kill(process.pid, 'SIGKILL');
}

const connected = await connectStore({ uri, logger, databasePrefix });
const integration = createIntegration({ store: connected, clock, newId, logger });
const database = connected.database('saga');
const idempotency = createIdempotency({ store: dying('request'), connection: database, clock });
const entries = database.model(
  'Entry',
  new Schema<{ _id: string; state: string }>({ _id: String, state: String }, { versionKey: false }),
);
await integration.prepare();
await prepareModels([entries, ...idempotency.models]);
const erp = createSandboxErpConnector({ url: erpUrl, token });

/** The store, with a death on either side of a commit. */
function dying(what: 'request' | 'outcome'): Store {
  return {
    ...connected,
    async transaction(work) {
      const result = await connected.transaction(async (session) => {
        const made = await work(session);
        pass(`${what}-uncommitted`);
        return made;
      });
      pass(`${what}-unheard`);
      return result;
    },
  };
}

const post = documentStep({
  connector: erp,
  kind: 'journalEntry',
  clock,
  documentOf: ({ subjectId }) => ({
    reference: subjectId,
    postedOn: '2026-01-01',
    currencyCode: 'EUR',
    memo: 'saga',
    correlationId: subjectId,
    lines: [
      { account: '1000', debit: '1.00' },
      { account: '8000', credit: '1.00' },
    ],
  }),
});
const dispatcher = createDispatcher({
  owner: 'saga',
  systems: ['erp'],
  handlers: [
    {
      kind: 'saga.post',
      steps: {
        post: {
          async send(operation, call) {
            pass('leased');
            const answer = await post.send(operation, call);
            pass('answered');
            return answer;
          },
          ask: post.ask,
        },
      },
      async onStep(session, operation, step) {
        await entries.updateOne({ _id: operation.subjectId }, { $set: { state: step.state } }, { session });
      },
    },
  ],
  operations: integration.operations,
  health: integration.health,
  gates: integration.gates,
  store: dying('outcome'),
  clock,
  logger,
  // Others take on what the dead left sooner than in earnest, so that two hundred deaths take minutes.
  leaseMs: 600,
});
await dispatcher.start();

await Promise.all(
  ['a', 'b', 'c'].map(async (aggregate) => {
    for (const intent of INTENTS.filter((each) => each.aggregate === aggregate)) {
      const { key } = intent;
      await idempotency.once(
        { identity: serviceIdentity('saga'), mutation: 'post', key, input: intent },
        async (session) => {
          const entryId = idFromKey('saga', databasePrefix, key);
          await entries.create([{ _id: entryId, state: 'DRAFT' }], { session });
          const operationId = await integration.operations.enqueue(session, {
            owner: 'saga',
            kind: 'saga.post',
            subjectId: entryId,
            aggregate,
            correlationId: key,
            idempotencyKey: entryId,
            lane: 'order',
            steps: [{ name: 'post', system: 'erp' }],
            payload: {},
          });
          return accepted({ operationId });
        },
      );
      integration.operations.wake('saga');
    }
  }),
);
while ((await integration.operations.model.countDocuments({ state: 'SUCCEEDED' })) < INTENTS.length)
  await clock.delay(20);
console.log('ready at the end');
await dispatcher.stop();
await erp.close();
await connected.close();
process.exit(0);
