/**
 * How our documents are named in Tryton. A sale's web id is unique in the database but shared by all kinds of sale and all web shops, so the kind
 * is part of it: `salesOrder:UC-7Q2M4-XK9T0`.
 */
export type SaleKind = 'salesOrder' | 'salesReturn';

const KINDS: readonly SaleKind[] = ['salesOrder', 'salesReturn'];

export function webIdOf(kind: SaleKind, reference: string): string {
  return `${kind}:${reference}`;
}

/** Our reference in a sale's web id, or null when it is none of ours or of another kind. */
export function referenceOf(kind: SaleKind, webId: string | null): string | null {
  return webId?.startsWith(`${kind}:`) ? webId.slice(kind.length + 1) : null;
}

/** Whether a sale came from us. */
export function isOurs(webId: string | null): boolean {
  return KINDS.some((kind) => referenceOf(kind, webId) !== null);
}
