import { createHash } from 'node:crypto';
import type { DocumentKind } from '../../documents.ts';

/**
 * What a document is recognised by in Tryton, which keeps no copy of what was sent: a line of text with our reference and a fingerprint of the content, so
 * that the same reference with another content is noticed.
 */
export interface DocumentMark {
  readonly reference: string;
  readonly content: string;
}

/** The mark of a document. The correlation id names the attempt's trace, not the document. */
export function markOf(document: { readonly reference: string }): DocumentMark {
  const content = JSON.stringify(sorted({ ...document, correlationId: undefined }));
  return {
    reference: document.reference,
    content: createHash('sha256').update(content).digest('hex').slice(0, 16),
  };
}

export function markText(kind: DocumentKind, { reference, content }: DocumentMark): string {
  return `${kind} ${reference} (${content})`;
}

/** A search pattern for texts with a mark of this reference; it may match a few more, which `findMark` tells apart. */
export function markPattern(kind: DocumentKind, reference: string): string {
  return `%${kind} ${reference} (%`;
}

/** The mark that a document of this kind and reference left in a text. */
export function findMark(kind: DocumentKind, reference: string, text: string | null): DocumentMark | null {
  for (const line of (text ?? '').split('\n')) {
    const begin = `${kind} ${reference} (`;
    const at = line.lastIndexOf(begin);
    const content = /^([0-9a-f]{16})\)$/.exec(line.slice(at + begin.length))?.[1];
    if (at >= 0 && content !== undefined) return { reference, content };
  }
  return null;
}

/** Whether a document of this kind, whatever its reference, left its mark as a line of a text. */
export function hasMark(kind: DocumentKind, text: string | null): boolean {
  return (text ?? '')
    .split('\n')
    .some((line) => line.startsWith(`${kind} `) && /\([0-9a-f]{16}\)$/.test(line));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  );
}
