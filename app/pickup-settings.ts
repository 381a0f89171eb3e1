import type { PickupTimes } from '../subgraphs/order/domain/pickup-times.ts';
import type { Settings } from './settings.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** How long collected goods are kept (`PICKUP_DAYS`), and how many days before the end their customer is reminded (`PICKUP_REMINDER_DAYS`). */
export function pickupTimes(settings: Pick<Settings, 'PICKUP_DAYS' | 'PICKUP_REMINDER_DAYS'>): PickupTimes {
  return {
    keepForMs: settings.PICKUP_DAYS * DAY_MS,
    remindBeforeMs: settings.PICKUP_REMINDER_DAYS.map((days) => days * DAY_MS),
  };
}
