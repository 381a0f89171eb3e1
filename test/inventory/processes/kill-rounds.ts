import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { SubgraphDependencies } from '../../../platform/integration.ts';
import type { Allocation } from '../../../subgraphs/inventory/domain/allocation.ts';
import type { ReservationRecord } from '../../../subgraphs/inventory/store/records.ts';
import { startTestStore } from '../../kit/store.ts';
import { auditStock } from '../audit.ts';
import { variant } from '../erp-records.ts';
import { killScript, skuOf } from './kill-script.ts';

export interface KillReport {
  rounds: number;
  /** How often it struck at which command, and on which side of it. */
  readonly struck: Map<string, number>;
  /** Positions of the ledger at which the balance was held to. */
  positions: number;
  /** Units that were sold ahead, and came. */
  waited: number;
  /** Claims that had been answered before the blow. */
  answered: number;
}

interface Told {
  struck?: string;
  done?: string;
  claim?: string;
  ids?: string[];
}

const ROUND_TIMEOUT_MS = 180_000;

/**
 * Plays a script of claims in a process that is killed at one of its commands to the store, round after round, each at another; then
 * plays it again to its end in a new process, and holds the stock to its promises. Throws AssertionError for a broken one.
 */
export async function killRounds(options: {
  firstSeed: number;
  rounds: number;
  onRound?: (seed: number, report: KillReport) => void;
}): Promise<KillReport> {
  const { firstSeed, rounds } = options;
  const report: KillReport = { rounds: 0, struck: new Map(), positions: 0, waited: 0, answered: 0 };
  const store = await startTestStore();
  const { dependencies } = store;
  const databasePrefix = dependencies.store.database('inventory').name.replace(/inventory$/, '');
  try {
    const process = (whole: number | null, killed: number | null) =>
      playRound([store.uri, databasePrefix, firstSeed, rounds, whole ?? '', killed ?? ''].map(String));
    let before = await process(null, firstSeed);
    for (let seed = firstSeed; seed < firstSeed + rounds; seed += 1) {
      const struck = before.told.find((one) => one.struck !== undefined)?.struck;
      assert.ok(struck !== undefined && before.signal === 'SIGKILL', `seed ${seed}: the blow did not fall`);
      // The store gives up what a dead client had open after a minute, and until then nobody else can write there.
      await dependencies.store.database('inventory').getClient().db('admin').command({ killAllSessions: [] });
      const after = await process(seed, seed + 1 < firstSeed + rounds ? seed + 1 : null);
      assert.ok(
        after.told.some(({ done }) => done === skuOf(seed)),
        `seed ${seed}: the next process did not reach the end`,
      );
      try {
        for (const { claim, ids } of before.told) {
          if (claim === undefined || !claim.startsWith(`${seed}-`) || !ids?.length) continue;
          const again = after.told.find((one) => one.claim === claim);
          assert.deepEqual(again?.ids, ids, `${claim} was answered otherwise before the blow`);
          report.answered += 1;
        }
        const { positions, waited } = await auditRound(dependencies, seed, after.told);
        report.positions += positions;
        report.waited += waited;
      } catch (error) {
        throw new Error(`seed ${seed}, struck ${struck}`, { cause: error });
      }
      report.rounds += 1;
      report.struck.set(struck, (report.struck.get(struck) ?? 0) + 1);
      options.onRound?.(seed, report);
      before = after;
    }
    return report;
  } finally {
    await store.stop();
  }
}

/** What one round must have come to. Answers at how many positions of the ledger the balance was held to, and how many units were waited for. */
async function auditRound(
  { store, integration }: SubgraphDependencies,
  seed: number,
  said: readonly Told[],
): Promise<{ positions: number; waited: number }> {
  const { sku, stock, refill, claims } = killScript(seed);
  const variantId = variant(sku);
  const inventory = store.database('inventory');
  const { positions } = await auditStock(inventory, [variantId], { mayOwe: true });
  const reservations = await inventory
    .collection<ReservationRecord>('reservations')
    .find({ variantId })
    .toArray();
  const allocations = await inventory.collection<Allocation>('allocations').find({ variantId }).toArray();
  const told = await integration.events.model
    .find({ type: /^inventory\./, subject: { $in: claims.map(({ key }) => key) } })
    .sort({ time: 1, _id: 1 })
    .lean();
  const failures = told.filter(({ type }) => type === 'inventory.allocationFailed');

  assert.deepEqual(
    reservations.filter(({ state }) => state === 'ACTIVE'),
    [],
    'a claim outlived its end',
  );
  let shipped = 0;
  let waited = 0;
  for (const { key, fate } of claims) {
    const own = reservations.filter(({ ownerId }) => ownerId === key);
    const ids = said.find(({ claim }) => claim === key)?.ids ?? [];
    assert.deepEqual(
      own.map(({ _id }) => _id).toSorted(),
      ids.toSorted(),
      `${key} claimed twice, or not at all`,
    );
    for (const { _id, state, quantity } of own) {
      const promised = allocations.filter(({ reservationId }) => reservationId === _id);
      const failed = failures.filter(({ data }) => (data as { reservationId: string }).reservationId === _id);
      const found = promised.map((one) => one.state);
      if (fate === 'release') assert.deepEqual([state, found], ['RELEASED', []]);
      else if (fate === 'extend' || fate === 'expire') assert.deepEqual([state, found], ['EXPIRED', []]);
      else if (fate === 'confirm') assert.deepEqual([state, found], ['ALLOCATED', ['ALLOCATED']]);
      else if (fate === 'cancel' || fate === 'stale')
        assert.deepEqual([state, found], ['RELEASED', ['DEALLOCATED']]);
      else if (fate === 'pick') assert.deepEqual([state, found], ['ALLOCATED', ['PICKED']]);
      else if (fate === 'wait') {
        assert.deepEqual([state, found], ['ALLOCATED', ['ALLOCATED']]);
        waited += assertCovered(own.find((one) => one._id === _id)?.backordered ?? 0, promised, told, _id);
      } else if (fate === 'ship' || fate === 'collect') {
        assert.deepEqual([state, found], ['CONSUMED', ['CONSUMED']]);
        shipped += quantity;
      } else {
        assert.equal(state, 'EXPIRED');
        assert.equal(
          promised.length + failed.length,
          1,
          `${key} was confirmed late: allocated or told that it failed`,
        );
      }
    }
  }
  const levels = await inventory.collection<{ onHand: number }>('levels').find({ variantId }).toArray();
  const stocked = refill + Object.values(stock).reduce((sum, units) => sum + units, 0);
  assert.equal(
    levels.reduce((sum, { onHand }) => sum + onHand, 0),
    stocked - shipped,
    'a unit was lost or doubled',
  );
  return { positions, waited };
}

/** Whoever waited when they claimed waits no more, and their order was told so, last of all. Answers how many units it waited for. */
function assertCovered(
  claimed: number,
  promised: readonly Allocation[],
  told: readonly { type: string; data: unknown }[],
  reservationId: string,
): number {
  assert.deepEqual(
    promised.map(({ backordered }) => backordered),
    [0],
    `${reservationId} still waits`,
  );
  const own = told.flatMap(({ type, data }) => {
    const { reservationId: of, backordered } = data as { reservationId: string; backordered: number };
    return of === reservationId ? [[type, backordered]] : [];
  });
  assert.deepEqual(
    claimed === 0 ? [] : own.at(-1),
    claimed === 0 ? own : ['inventory.allocationCovered', 0],
    `${reservationId} was not told what became of it`,
  );
  return claimed;
}

async function playRound(args: readonly string[]): Promise<{ told: Told[]; signal: NodeJS.Signals | null }> {
  const file = fileURLToPath(new URL('./kill-process.ts', import.meta.url));
  const player = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const told: Told[] = [];
  createInterface(player.stdout).on('line', (line) => told.push(JSON.parse(line) as Told));
  const timer = setTimeout(() => player.kill('SIGTERM'), ROUND_TIMEOUT_MS);
  const [, signal] = (await once(player, 'close')) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  return { told, signal };
}
