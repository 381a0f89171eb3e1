import { readable } from './order-number.ts';

/** The number a customer writes on the parcel, `RMA-7Q2M4-XK9T0`: ten digits that follow from the return's id. */
export function rmaNumber(returnId: string): string {
  return `RMA-${readable(returnId, 0)}`;
}
