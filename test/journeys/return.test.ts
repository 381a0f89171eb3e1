import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, dataOf, sandboxClient } from '../kit/client.ts';
import { type House, startHouse } from '../kit/house.ts';
import { buy, documents } from '../kit/shopping.ts';
import { until } from '../kit/until.ts';

const SKU = 'HP601-NAVY';

/** An online order comes back to a store: goods on sale again, money credited, the ERP and the subscribers told. */
describe('goods come back', () => {
  let house: House;
  let admin: Client;
  beforeAll(async () => {
    house = await startHouse();
    admin = await sandboxClient(house.url, { role: 'admin' });
  });
  afterAll(() => house.remove());

  const command = async <P>(name: string, input: object, shape: string): Promise<P> => {
    const answer = dataOf(
      await admin.ask<{ done: P & { userErrors: unknown[] } }>(
        `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { done: ${name}(input: $input) { ${shape} userErrors { code message field } } }`,
        { input: { idempotencyKey: crypto.randomUUID(), ...input } },
      ),
    );
    expect(answer.done.userErrors).toEqual([]);
    return answer.done;
  };

  it('from order to credit memo, and availability says so as it happens', async () => {
    const { order, variant, channel } = await buy(admin, SKU, { quantity: 3 });
    interface Shown {
      order: {
        erpSync: { state: string };
        lines: { id: string }[];
        fulfillmentOrders: { id: string; location: { id: string } }[];
      };
    }
    const shown = await until('the ERP has it', async () => {
      const answer = dataOf(
        await admin.ask<Shown>(
          'query ($id: ID!) { order(id: $id) { erpSync { state } lines { id } fulfillmentOrders { id location { id } } } }',
          { id: order?.id },
        ),
      );
      return answer.order.erpSync.state === 'ACKNOWLEDGED' && answer.order;
    });
    const work = shown.fulfillmentOrders[0];
    await command(
      'createShipment',
      { fulfillmentOrderId: work?.id, carrier: 'Royal Mail', packages: [] },
      'shipment { id }',
    );

    const watched = admin.listen<{ availabilityChanged: { availableToPromise: { value: string } } }>(
      'subscription ($variant: ID!, $channel: ID!) { availabilityChanged(variantIds: [$variant], channelId: $channel) { availableToPromise { value } freshness { basis } } }',
      { variant: variant.id, channel: channel.id },
    );
    const available = async () =>
      Number(
        dataOf(
          await admin.ask<{ productVariant: { availability: { availableToPromise: { value: string } } } }>(
            'query ($variant: ID!, $channel: ID!) { productVariant(id: $variant) { availability(channelId: $channel) { availableToPromise { value } } } }',
            { variant: variant.id, channel: channel.id },
          ),
        ).productVariant.availability.availableToPromise.value,
      );
    const before = await available();

    const requested = await command<{ return: { id: string; state: string; lines: { id: string }[] } }>(
      'requestReturn',
      {
        orderId: order?.id,
        type: 'REFERENCED',
        locationId: work?.location.id,
        lines: [
          {
            orderLineId: shown.lines[0]?.id,
            variantId: variant.id,
            quantity: { value: '2', unit: 'C62' },
            reasonCode: 'NO_LONGER_WANTED',
          },
        ],
      },
      'return { id state lines { id } }',
    );
    expect(requested.return.state).toBe('APPROVED');
    const returnLineId = requested.return.lines[0]?.id;
    const two = { value: '2', unit: 'C62' };
    await command(
      'receiveReturn',
      { id: requested.return.id, locationId: work?.location.id, lines: [{ returnLineId, received: two }] },
      'return { state }',
    );
    await command(
      'inspectReturn',
      {
        id: requested.return.id,
        decisions: [{ returnLineId, code: 'RESTOCK', quantity: two, locationId: work?.location.id }],
      },
      'return { state refundableTotal { amount } }',
    );

    await until('the goods are on sale again', async () => (await available()) === before + 2);
    await until('a subscriber was told', () =>
      watched.events.some(
        (event) => Number(event.data?.availabilityChanged.availableToPromise.value) === before + 2,
      ),
    );
    await watched.stop();
    interface Credited {
      return: {
        rmaNumber: string;
        state: string;
        erpSync: { state: string };
        order: { returnStatus: string };
        creditMemos: { total: { amount: string }; sourceReturn: { rmaNumber: string } }[];
      };
    }
    const credited = await until('finance has the credit memo and the return is acknowledged', async () => {
      const answer = dataOf(
        await admin.ask<Credited>(
          'query ($id: ID!) { return(id: $id) { rmaNumber state erpSync { state } order { returnStatus } creditMemos { total { amount } sourceReturn { rmaNumber } } } }',
          { id: requested.return.id },
        ),
      );
      const { creditMemos, erpSync } = answer.return;
      // The ERP pushes the credit memo before it answers the call that made it.
      return creditMemos.length > 0 && erpSync.state === 'ACKNOWLEDGED' && answer.return;
    });
    expect(credited).toMatchObject({
      state: 'COMPLETED',
      erpSync: { state: 'ACKNOWLEDGED' },
      order: { returnStatus: 'PARTIALLY_RETURNED' },
      creditMemos: [{ total: { amount: '50.00' }, sourceReturn: { rmaNumber: credited.rmaNumber } }],
    });
    expect(
      (await documents(house.url, { system: 'erp', kind: 'salesReturn', reference: credited.rmaNumber }))
        .total,
    ).toBe(1);
  });
});
