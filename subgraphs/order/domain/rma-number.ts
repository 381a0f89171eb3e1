import { isReadable, readable } from './order-number.ts';

/** The number a customer writes on the parcel, `RMA-7Q2M4-XK9T0`: ten digits that follow from the return's id. */
export function rmaNumber(returnId: string): string {
  return `RMA-${readable(returnId, 0)}`;
}

/** Whether a reference has the form of our RMA numbers. */
export function isRmaNumber(reference: string): boolean {
  return reference.startsWith('RMA-') && isReadable(reference.slice('RMA-'.length));
}
