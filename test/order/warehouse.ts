import { z } from 'zod';
import type { Shop } from '../kit/shop.ts';
import { until } from '../kit/until.ts';

const documentsSchema = z.object({
  total: z.number(),
  documents: z.array(
    z.object({ number: z.string(), reference: z.string(), state: z.string(), document: z.looseObject({}) }),
  ),
});

/** What the people of the stand-in warehouse see and do, behind the graph's back. */
export function packing(shop: Shop) {
  const { systems } = shop.sandbox;
  const requests = `${systems.wmsUrl}/wms/fulfillment-requests`;

  async function held(kind: string, reference: string) {
    const query = new URLSearchParams({ system: 'wms', kind, reference });
    const { body } = await shop.sandbox.ask(`${systems.url}/documents?${query}`);
    return documentsSchema.parse(body).documents;
  }

  return {
    held,
    /** Waits until the warehouse has a request under this reference. */
    request: (workId: string) =>
      until(
        `the warehouse is asked for ${workId}`,
        async () => (await held('fulfillmentRequest', workId))[0],
      ),
    async ship(workId: string, more: Record<string, unknown> = {}): Promise<void> {
      const [request] = await held('fulfillmentRequest', workId);
      const answer = await shop.sandbox.post(`${requests}/${request?.number}/shipment`, {
        carrier: 'POST',
        ...more,
      });
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    },
    /** Hands a request in as anybody else might. */
    askFor: (body: object) => shop.sandbox.post(requests, body),
  };
}
