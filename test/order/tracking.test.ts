import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { type Shop, startShop } from '../kit/shop.ts';
import { until } from '../kit/until.ts';
import { buying } from './buying.ts';

let shop: Shop;
let buyer: ReturnType<typeof buying>;
beforeAll(async () => {
  shop = await startShop();
  buyer = buying(shop);
});
afterAll(() => shop.stop());
afterEach(() => shop.sandbox.setFault('carrier', 'none'));

/** A shipment of a lamp with a carrier, under a number of its own. */
async function sent(carrier = 'POST') {
  const trackingNumber = `T-${newId()}`;
  const { order } = await buyer.buy('12.50');
  const { shipment } = await buyer.ship(order.fulfillmentOrders[0]?.id ?? '', { carrier, trackingNumber });
  return { trackingNumber, orderId: order.id, shipmentId: shipment?.id ?? '' };
}

async function scan(trackingNumber: string, ...statuses: readonly string[]): Promise<void> {
  const scans = `${shop.sandbox.systems.carrierUrl}/carrier/parcels/${trackingNumber}/scans`;
  for (const status of statuses) expect((await shop.sandbox.post(scans, { status })).status).toBe(201);
}

async function stateOf(id: string): Promise<string | undefined> {
  const { _entities } = await shop.ask<{ _entities: [{ state: string } | null] }>(
    'order',
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Shipment { state } } }',
    { of: [{ __typename: 'Shipment', id }] },
  );
  return _entities[0]?.state;
}
const delivered = (id: string) =>
  until(`shipment ${id} is delivered`, async () => (await stateOf(id)) === 'DELIVERED');
const deliveries = async (orderId: string) =>
  (await buyer.order(orderId))?.timeline.edges.filter(({ node }) => node.type === 'SHIPMENT_DELIVERED')
    .length;
const setAside = (trackingNumber: string) =>
  until(`${trackingNumber} is set aside`, () =>
    shop.store.dependencies.integration.connection
      .collection('quarantine')
      .findOne({ feed: 'order/carrier/trackingEvents', raw: { $regex: trackingNumber } }),
  );

describe('where a shipment is', () => {
  it('given the carrier has delivered it, then it is, once, and stays so whatever is scanned later', async () => {
    const { trackingNumber, orderId, shipmentId } = await sent();
    expect(await stateOf(shipmentId)).toBe('IN_TRANSIT');
    await scan(trackingNumber, 'IN_TRANSIT', 'DELIVERED', 'DELIVERED', 'IN_TRANSIT');
    await delivered(shipmentId);
    // What follows in the feed is known only when what came before it was applied.
    const stranger = `T-${newId()}`;
    await scan(stranger, 'DELIVERED');
    expect(await setAside(stranger)).toMatchObject({ code: 'SHIPMENT_UNKNOWN', field: 'trackingNumber' });
    expect(await stateOf(shipmentId)).toBe('DELIVERED');
    expect(await deliveries(orderId)).toBe(1);
  });

  it('given another carrier uses the same number, then that parcel is not ours', async () => {
    const { trackingNumber, shipmentId } = await sent('DHL');
    await scan(trackingNumber, 'DELIVERED');
    await setAside(trackingNumber);
    expect(await stateOf(shipmentId)).toBe('IN_TRANSIT');
  });

  it.each(['duplicating', 'reordering'])(
    'given a carrier that is %s, then each is delivered once',
    async (mode) => {
      const parcels = [await sent(), await sent(), await sent()];
      await shop.sandbox.setFault('carrier', mode);
      await Promise.all(parcels.map(({ trackingNumber }) => scan(trackingNumber, 'IN_TRANSIT', 'DELIVERED')));
      for (const { shipmentId, orderId } of parcels) {
        await delivered(shipmentId);
        expect(await deliveries(orderId)).toBe(1);
      }
    },
  );
});
