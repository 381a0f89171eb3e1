import { z } from 'zod';
import { wholePositiveUnits } from '../../../platform/quantity.ts';

/** Whole units, as a number, as a decimal in quotes, or with their unit. */
const units = z
  .union([z.number(), z.string(), z.object({ value: z.string() }).transform(({ value }) => value)])
  .transform((value, context) => {
    const whole = wholePositiveUnits(String(value));
    if (whole !== null) return whole;
    context.addIssue({ code: 'custom', message: 'must be a whole number above zero' });
    return z.NEVER;
  });

const id = z.string().min(1);

/** What siblings tell; fields that are not of use here are dropped, so that they may add more. */
export const orderConfirmed = z.object({
  orderId: id,
  reservations: z.array(
    z.object({
      reservationId: id,
      orderLineId: id,
      fulfillmentOrderId: id.nullish().transform((v) => v ?? null),
      method: z
        .string()
        .nullish()
        .transform((v) => v ?? null),
    }),
  ),
});

export const orderCanceled = z.object({
  orderId: id,
  reasonCode: z
    .string()
    .nullish()
    .transform((value) => value ?? 'ORDER_CANCELED'),
  reservationIds: z.array(id),
});

const orderedGoods = z.object({ orderLineId: id, variantId: id, locationId: id, quantity: units });

export const orderShipped = z.object({
  orderId: id,
  fulfillmentOrderId: id,
  shipmentId: id,
  shippedAt: z.iso.datetime({ offset: true }),
  lines: z.array(orderedGoods),
  handedOver: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
});

export const orderPicked = z.object({
  orderId: id,
  fulfillmentOrderId: id,
  pickedAt: z.iso.datetime({ offset: true }),
  lines: z.array(orderedGoods),
});

export const pickedShort = z.object({
  orderId: id,
  fulfillmentOrderId: id,
  pickedAt: z.iso.datetime({ offset: true }),
  lines: z.array(orderedGoods.extend({ reasonCode: id })),
});

export const workRejected = z.object({
  orderId: id,
  fulfillmentOrderId: id,
  reservationIds: z.array(id),
});

export const pickupExpired = z.object({
  orderId: id,
  fulfillmentOrderId: id,
  expiredAt: z.iso.datetime({ offset: true }),
  lines: z.array(orderedGoods),
});

export const orderSoldOffline = z.object({
  locationId: id,
  registerId: id,
  registerTransactionId: id,
  occurredAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  lines: z.array(z.object({ variantId: id, quantity: units })),
});

export const returnInspected = z.object({
  returnId: id,
  inspectedAt: z.iso.datetime({ offset: true }),
  dispositions: z.array(
    z.discriminatedUnion('toState', [
      z.object({
        toState: z.enum(['AVAILABLE', 'QUALITY_HOLD']),
        returnLineId: id,
        variantId: id,
        locationId: id,
        quantity: units,
        code: z.string(),
      }),
      z.object({ toState: z.literal('NONE') }),
    ]),
  ),
});
