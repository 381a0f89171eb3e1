import { z } from 'zod';
import { taxResultSchema } from '../canonical/tax-document.ts';
import { CONNECTOR_CODES, ConnectorError } from '../connector-error.ts';
import { type DocumentPage, type DocumentReceipt, isMade, type KeptKind } from '../documents.ts';
import type { HttpAnswer } from '../json-over-http.ts';

/** A document as the stand-in systems show it. */
const storedDocumentSchema = z.object({
  externalId: z.string().min(1),
  number: z.string().min(1),
  reference: z.string().min(1),
  state: z.string().min(1),
  acceptedAt: z.iso.datetime({ offset: true }),
  related: z.array(z.object({ type: z.enum(['INVOICE', 'CREDIT_NOTE']), number: z.string().min(1) })),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  total: z.string().optional(),
  document: z
    .object({
      total: z.string().optional(),
      amount: z.string().optional(),
      balance: z.object({ captured: z.string(), refunded: z.string() }).optional(),
      currencyCode: z.string().optional(),
      tax: taxResultSchema.optional(),
    })
    .optional(),
});

const refusalSchema = z.object({
  error: z.object({ code: z.string().min(1), message: z.string(), field: z.array(z.string()).optional() }),
});

/** Reads the receipt out of an answer's document; an answer that has none leaves the call in doubt. */
export function receiptOf(
  call: { system: string; kind: KeptKind; reference: string; replayed: boolean },
  document: unknown,
): DocumentReceipt {
  const parsed = storedDocumentSchema.safeParse(document);
  const receipt = parsed.success ? held(call.kind, call.replayed, parsed.data) : undefined;
  if (receipt?.reference === call.reference) return receipt;
  throw brokenAnswer(call.system, `an answer without the ${call.kind} ${call.reference}`);
}

const documentPageSchema = z.object({
  documents: z.array(storedDocumentSchema),
  next: z.number().int().nullable(),
});

/** Reads a page of the list of documents of one kind; `after` is the place it was asked from. */
export function documentPageOf(
  call: { system: string; kind: KeptKind; after: number },
  body: unknown,
): DocumentPage {
  const parsed = documentPageSchema.safeParse(body);
  if (!parsed.success) throw brokenAnswer(call.system, `a list of ${call.kind} that cannot be read`);
  const { documents, next } = parsed.data;
  return {
    documents: documents.map((document) => held(call.kind, true, document)),
    cursor: String(next ?? call.after + documents.length),
    more: next !== null,
  };
}

function held(
  kind: KeptKind,
  replayed: boolean,
  { document: { amount, balance, ...figures } = {}, ...receipt }: z.infer<typeof storedDocumentSchema>,
): DocumentReceipt {
  const total = receipt.total ?? figures.total ?? amount;
  // The stand-ins keep as reference what a made document was made of.
  const reference = isMade(kind) ? receipt.number : receipt.reference;
  return {
    kind,
    replayed,
    ...receipt,
    reference,
    ...figures,
    ...balance,
    ...(total === undefined ? {} : { total }),
  };
}

/** The system's reason for a no, as an error that says nothing happened. */
export function rejection(system: string, { status, body }: HttpAnswer): ConnectorError {
  const parsed = refusalSchema.safeParse(body);
  if (!parsed.success) return brokenAnswer(system, `${status} without a reason`);
  const { code, message, field } = parsed.data.error;
  // An address the system does not know is our setting, not the document's fault.
  return new ConnectorError(code === 'NO_SUCH_ADDRESS' ? 'refused' : 'rejected', {
    system,
    code,
    message,
    field,
  });
}

/** The code of a refusal, or undefined when the body is none. */
export function refusalCode({ body }: HttpAnswer): string | undefined {
  return refusalSchema.safeParse(body).data?.error.code;
}

export function brokenAnswer(system: string, message: string): ConnectorError {
  return new ConnectorError('in-doubt', { system, code: CONNECTOR_CODES.contractViolation, message });
}

export function unsupported(system: string, what: string): ConnectorError {
  return new ConnectorError('refused', {
    system,
    code: CONNECTOR_CODES.unsupported,
    message: `cannot do ${what}`,
  });
}
