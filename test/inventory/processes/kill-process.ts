import { idFromKey } from '../../../platform/ids.ts';
import { isDuplicateKey } from '../../../platform/store/store.ts';
import { until } from '../../kit/until.ts';
import { adjust } from '../adjust.ts';
import { item, location, place, variant } from '../erp-records.ts';
import { type ReservePayload, reserve } from '../reserve.ts';
import { createBlow } from './blow.ts';
import { startHere } from './connect.ts';
import { createHurriedClock } from './hurried-clock.ts';
import { killScript, PLACES, type ScriptedClaim } from './kill-script.ts';

// Plays one round's script as a client does who keeps the keys of its intents: played again after a kill, each intent is repeated.
/** Longer than a round lasts. Putting the clock forward past it stays within what a consumer looks back after a break: the next process starts at the true time. */
const CLAIM_TTL_SECONDS = 200;
const PATIENCE_MS = 60_000;
const [uri = '', databasePrefix = '', firstSeed = '', seeds = '', seedText = '', mode = ''] =
  process.argv.slice(2);
const seed = Number(seedText);
const script = killScript(seed);
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
});
const { store, integration } = inventory.store.dependencies;
const blow =
  mode === 'killed' ? createBlow(store.database('inventory').getClient(), script.blow) : { arm: () => {} };

type Reservation = ReservePayload['reservations'][number];
const granted = new Map<string, readonly Reservation[]>();
let step = 0;

function tell(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

async function inTurn<T>(of: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const doing: Promise<void>[] = [];
  for (const one of of) {
    if (step === script.armedAt) blow.arm();
    step += 1;
    const done = act(one);
    if (script.atOnce) doing.push(done);
    else await done;
  }
  await Promise.all(doing);
}

async function claim({ key, units, at }: ScriptedClaim): Promise<void> {
  const line = at === null ? ([script.sku, units] as const) : ([script.sku, units, at] as const);
  const payload = await reserve(inventory, [line], {
    idempotencyKey: key,
    ownerId: key,
    ttlSeconds: CLAIM_TTL_SECONDS,
  });
  granted.set(key, payload.reservations);
  tell({ claim: key, ids: payload.reservations.map(({ id }) => id) });
}

async function act(mutation: 'releaseReservation' | 'extendReservation', { key }: ScriptedClaim) {
  for (const { id } of granted.get(key) ?? []) {
    const { [mutation]: payload } = await inventory.ask<
      Record<string, { reservations: { state: string }[]; userErrors: { code: string }[] }>
    >(
      `mutation Act($input: ReservationActionInput!) { ${mutation}(input: $input) { reservations { state } userErrors { code } } }`,
      { input: { idempotencyKey: `${key}-${mutation}-${id}`, id, ttlSeconds: CLAIM_TTL_SECONDS } },
    );
    tell({ [mutation]: key, ...payload });
  }
}

/** Publishes an event once, as the transaction of the order it tells of would, and waits until it is applied here or elsewhere. */
async function happened(type: string, { key }: ScriptedClaim, data: object): Promise<void> {
  const _id = idFromKey('event', key, type);
  const event = { _id, source: '/subgraphs/order', type, subject: key, correlationId: key, data };
  await integration.events.model.create({ ...event, time: clock.now() }).catch((error: unknown) => {
    if (!isDuplicateKey(error)) throw error;
  });
  const noted = { _id: `inventory|/subgraphs/order|${_id}` };
  await until(`${type} is applied`, () => integration.inbox.model.exists(noted), PATIENCE_MS);
}

async function confirm(claimed: ScriptedClaim): Promise<void> {
  const reservations = (granted.get(claimed.key) ?? []).map(({ id }) => ({
    reservationId: id,
    orderLineId: 'line',
  }));
  await happened('order.confirmed', claimed, { orderId: claimed.key, reservations });
}

async function meetFate(claimed: ScriptedClaim): Promise<void> {
  const { key, fate } = claimed;
  const reservations = granted.get(key) ?? [];
  if (reservations.length === 0) return;
  if (fate === 'release') return act('releaseReservation', claimed);
  if (fate === 'extend') return act('extendReservation', claimed);
  if (fate === 'expire' || fate === 'late') return;
  await confirm(claimed);
  if (fate === 'cancel')
    await happened('order.canceled', claimed, {
      orderId: key,
      reservationIds: reservations.map(({ id }) => id),
    });
  if (fate === 'ship')
    await happened('order.shipped', claimed, {
      orderId: key,
      fulfillmentOrderId: key,
      shipmentId: key,
      shippedAt: clock.now().toISOString(),
      lines: reservations.map(({ quantity, location: { code } }) => ({
        orderLineId: 'line',
        variantId: variant(script.sku),
        locationId: place(code),
        quantity: quantity.value,
      })),
    });
}

async function noneIsOver(): Promise<boolean> {
  const active = { variantId: variant(script.sku), state: 'ACTIVE' };
  return (await store.database('inventory').collection('reservations').countDocuments(active)) === 0;
}

for (const [code, units] of Object.entries(script.stock))
  await adjust(inventory, script.sku, String(units), {
    idempotencyKey: `${seed}-${code}`,
    locationId: place(code),
  });
await inTurn(script.claims, claim);
await inTurn(script.claims, meetFate);
await inTurn(['the end of all claims'], async () => {
  clock.putForward((CLAIM_TTL_SECONDS + 10) * 1_000);
  await until('claims that ran out are tidied up', noneIsOver, PATIENCE_MS);
  for (const claimed of script.claims) if (claimed.fate === 'late') await confirm(claimed);
});
tell({ done: true });
if (mode === 'killed') {
  // The script was shorter than the blow: let the timers run into it.
  blow.arm();
  await until('the blow falls', () => false, 5_000).catch(() => undefined);
}
await inventory.stop();
