import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, dataOf, sandboxClient } from '../kit/client.ts';
import { type House, startHouse } from '../kit/house.ts';
import { buy, documents, fault } from '../kit/shopping.ts';
import { until } from '../kit/until.ts';

const SKU = 'HP101-NAVY-M';

describe('an order that a warehouse system packs and a carrier brings', () => {
  let house: House;
  let admin: Client;
  beforeAll(async () => {
    house = await startHouse({ environment: { WMS_LOCATIONS: 'DC-LEEDS,DC-VENLO', CARRIER_NAME: 'POST' } });
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

  /** What somebody at the packing table, or with a scanner, tells their own system. */
  async function say(path: string, body: object): Promise<void> {
    const answer = await fetch(new URL(`/sandbox/systems/${path}`, house.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(201);
  }

  it('reaches it once through an outage, what it ships completes the order and takes the money, and the carrier says it arrived', async () => {
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
      const path = `wms/fulfillment-requests/${held.documents[0]?.number}/shipment`;
      await say(path, { carrier: 'POST', trackingNumber: 'T-1' });
    }

    const done = await until('the order is complete and paid', async () => {
      const shown = await detail(order.id);
      return shown.status === 'COMPLETED' && shown.paymentStatus === 'PAID' && shown;
    });
    for (const work of done.fulfillmentOrders) {
      expect(work.state).toBe('SHIPPED');
      expect(work.shipments).toEqual([{ state: 'IN_TRANSIT', carrier: 'POST', trackingNumber: 'T-1' }]);
    }

    await say('carrier/parcels/T-1/scans', { status: 'DELIVERED' });
    await until('the customer has all of it', async () => {
      const { fulfillmentOrders } = await detail(order.id);
      return fulfillmentOrders
        .flatMap(({ shipments }) => shipments)
        .every(({ state }) => state === 'DELIVERED');
    });
  });
});
