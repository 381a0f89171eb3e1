import { idFromKey } from '../../../platform/ids.ts';
import { isDuplicateKey } from '../../../platform/store/store.ts';
import { until } from '../../kit/until.ts';
import { adjust } from '../adjust.ts';
import { item, location, place, variant } from '../erp-records.ts';
import { type ReservePayload, reserve } from '../reserve.ts';
import { createBlow } from './blow.ts';
import { startHere } from './connect.ts';
import { createHurriedClock } from './hurried-clock.ts';
import { BACKORDER_UNITS, type KillScript, killScript, PLACES, type ScriptedClaim } from './kill-script.ts';

// Plays scripts as a client does who keeps the keys of its intents: first one that another process did not finish, whole; then the
// next, until it is killed. Either may be left out.
const [uri = '', databasePrefix = '', firstSeed = '', seeds = '', wholeSeed = '', killedSeed = ''] =
  process.argv.slice(2);

/** Longer than a round lasts. Putting the clock forward past it stays within what a consumer looks back after a break: the next process starts at the true time. */
const CLAIM_TTL_SECONDS = 200;
const PATIENCE_MS = 60_000;

const clock = createHurriedClock();
const inventory = await startHere({
  uri: `${uri}${uri.includes('?') ? '&' : '/?'}monitorCommands=true`,
  databasePrefix,
  clock,
  records: {
    locations: PLACES.map((code) => location(code)),
    items: Array.from({ length: Number(seeds) }, (_, index) =>
      item(killScript(Number(firstSeed) + index).sku),
    ),
  },
  settings: { channelPolicies: { ahead: { backorderUnits: BACKORDER_UNITS } } },
});
const { store, integration } = inventory.store.dependencies;

if (wholeSeed !== '') await play(killScript(Number(wholeSeed)), null);
clock.putRight();
if (killedSeed !== '') {
  const script = killScript(Number(killedSeed));
  const blow = createBlow(store.database('inventory').getClient(), script.blow);
  await play(script, blow);
  // The script was shorter than the blow: let the timers run into it.
  blow.arm();
  await until('the blow falls', () => false, PATIENCE_MS);
}
await inventory.stop();

async function play(script: KillScript, blow: ReturnType<typeof createBlow> | null): Promise<void> {
  const granted = new Map<string, ReservePayload['reservations']>();
  let step = 0;

  async function inTurn<T>(of: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
    const doing: Promise<void>[] = [];
    for (const one of of) {
      if (step === script.armedAt) blow?.arm();
      step += 1;
      const done = act(one);
      if (script.atOnce) doing.push(done);
      else await done;
    }
    await Promise.all(doing);
  }

  for (const [code, units] of Object.entries(script.stock))
    await adjust(inventory, script.sku, String(units), {
      idempotencyKey: `${script.sku}-${code}`,
      locationId: place(code),
    });
  await inTurn(script.claims, async (claim) => {
    granted.set(claim.key, await claimed(script.sku, claim));
  });
  await inTurn(script.claims, (claim) => meetFate(script.sku, claim, granted.get(claim.key) ?? []));
  await inTurn(script.refill > 0 ? [script.refill] : [], async (units) => {
    await adjust(inventory, script.sku, String(units), {
      idempotencyKey: `${script.sku}-refill`,
      locationId: place('L1'),
    });
    const waiting = { variantId: variant(script.sku), backordered: { $gt: 0 } };
    const allocations = store.database('inventory').collection('allocations');
    const nobodyWaits = async () => (await allocations.countDocuments(waiting)) === 0;
    await until('what arrived is for those who wait', nobodyWaits, PATIENCE_MS);
  });
  await inTurn(['the end of all claims'], async () => {
    clock.putForward((CLAIM_TTL_SECONDS + 10) * 1_000);
    const active = { variantId: variant(script.sku), state: 'ACTIVE' };
    const reservations = store.database('inventory').collection('reservations');
    const noneIsOver = async () => (await reservations.countDocuments(active)) === 0;
    await until('claims that ran out are tidied up', noneIsOver, PATIENCE_MS);
    for (const claim of script.claims)
      if (claim.fate === 'late') await confirm(claim, granted.get(claim.key) ?? []);
  });
  tell({ done: script.sku });
}

async function claimed(sku: string, { key, units, at, isAhead }: ScriptedClaim) {
  const line = at === null ? ([sku, units] as const) : ([sku, units, at] as const);
  const { reservations } = await reserve(inventory, [line], {
    idempotencyKey: key,
    ownerId: key,
    ttlSeconds: CLAIM_TTL_SECONDS,
    ...(isAhead ? { channelId: idFromKey('channel', 'ahead') } : {}),
  });
  tell({ claim: key, ids: reservations.map(({ id }) => id) });
  return reservations;
}

async function meetFate(
  sku: string,
  claim: ScriptedClaim,
  reservations: ReservePayload['reservations'],
): Promise<void> {
  const { key, fate } = claim;
  if (reservations.length === 0 || fate === 'expire' || fate === 'late') return;
  if (fate === 'release' || fate === 'extend') return act(`${fate}Reservation`, key, reservations);
  await confirm(claim, reservations);
  if (fate === 'cancel') {
    const reservationIds = reservations.map(({ id }) => id);
    await happened('order.canceled', key, { orderId: key, reservationIds });
  }
  const at = clock.now().toISOString();
  const goods = {
    orderId: key,
    fulfillmentOrderId: key,
    shipmentId: key,
    lines: reservations.map(({ quantity, location: { code } }) => ({
      orderLineId: 'line',
      variantId: variant(sku),
      locationId: place(code),
      quantity: quantity.value,
    })),
  };
  if (fate === 'pick' || fate === 'collect' || fate === 'stale')
    await happened('order.picked', key, { ...goods, pickedAt: at });
  if (fate === 'ship') await happened('order.shipped', key, { ...goods, shippedAt: at });
  if (fate === 'collect') await happened('order.shipped', key, { ...goods, shippedAt: at, handedOver: true });
  if (fate === 'stale') await happened('order.pickupExpired', key, { ...goods, expiredAt: at });
}

async function confirm({ key }: ScriptedClaim, reservations: ReservePayload['reservations']): Promise<void> {
  if (reservations.length === 0) return;
  const lines = reservations.map(({ id }) => ({ reservationId: id, orderLineId: 'line' }));
  await happened('order.confirmed', key, { orderId: key, reservations: lines });
}

async function act(
  mutation: 'releaseReservation' | 'extendReservation',
  key: string,
  reservations: ReservePayload['reservations'],
): Promise<void> {
  for (const { id } of reservations)
    await inventory.ask(
      `mutation Act($input: ReservationActionInput!) { ${mutation}(input: $input) { userErrors { code } } }`,
      { input: { idempotencyKey: `${key}-${mutation}-${id}`, id, ttlSeconds: CLAIM_TTL_SECONDS } },
    );
}

/** Publishes an event once, as the transaction of the order it tells of would, and waits until it is applied here. */
async function happened(type: string, key: string, data: object): Promise<void> {
  const _id = idFromKey('event', key, type);
  const event = { _id, source: '/subgraphs/order', type, subject: key, correlationId: key, data };
  await integration.events.model.create({ ...event, time: clock.now() }).catch((error: unknown) => {
    if (!isDuplicateKey(error)) throw error;
  });
  const noted = { _id: `inventory|/subgraphs/order|${_id}` };
  await until(`${type} is applied`, () => integration.inbox.model.exists(noted), PATIENCE_MS);
}

function tell(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
