import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, dataOf, sandboxClient } from '../kit/client.ts';
import { type House, startHouse } from '../kit/house.ts';
import { buy, documents, fault } from '../kit/shopping.ts';
import { until } from '../kit/until.ts';

const SKU = 'HP101-NAVY-M';

describe('an order that a warehouse system packs', () => {
  let house: House;
  let admin: Client;
  beforeAll(async () => {
    house = await startHouse({ environment: { WMS_LOCATIONS: 'DC-LEEDS,DC-VENLO' } });
    admin = await sandboxClient(house.url, { role: 'admin' });
  });
  afterAll(() => house.remove());

  interface Detail {
    order: {
      status: string;
      paymentStatus: string;
      fulfillmentOrders: {
        id: string;
        state: string;
        location: { code: string };
        shipments: { state: string; carrier: string; trackingNumber: string }[];
      }[];
    };
  }
  const detail = async (id: string) =>
    dataOf(
      await admin.ask<Detail>(
        `query ($id: ID!) { order(id: $id) { status paymentStatus
          fulfillmentOrders { id state location { code } shipments { state carrier trackingNumber } } } }`,
        { id },
      ),
    ).order;

  it('reaches it once through an outage, and what it ships completes the order and takes the money', async () => {
    await fault(house.url, 'down', { system: 'wms' });
    const { order } = await buy(admin, SKU, { quantity: 2 });
    if (order === null) throw new Error('not placed');
    expect(order.status).toBe('CONFIRMED');
    await fault(house.url, 'none', { system: 'wms' });

    const taken = await until('the warehouse has taken it on', async () => {
      const shown = await detail(order.id);
      return shown.fulfillmentOrders.every(({ state }) => state === 'ACCEPTED') && shown;
    });
    expect(taken.status).toBe('IN_PROGRESS');
    for (const { id, location } of taken.fulfillmentOrders) {
      expect(location.code).toMatch(/^DC-/);
      const held = await documents(house.url, { system: 'wms', kind: 'fulfillmentRequest', reference: id });
      expect(held.total).toBe(1);
      const path = `/sandbox/systems/wms/fulfillment-requests/${held.documents[0]?.number}/shipment`;
      const shipped = await fetch(new URL(path, house.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ carrier: 'POST', trackingNumber: 'T-1' }),
      });
      expect(shipped.status).toBe(201);
    }

    const done = await until('the order is complete and paid', async () => {
      const shown = await detail(order.id);
      return shown.status === 'COMPLETED' && shown.paymentStatus === 'PAID' && shown;
    });
    for (const work of done.fulfillmentOrders) {
      expect(work.state).toBe('SHIPPED');
      expect(work.shipments).toEqual([{ state: 'IN_TRANSIT', carrier: 'POST', trackingNumber: 'T-1' }]);
    }
  });
});
