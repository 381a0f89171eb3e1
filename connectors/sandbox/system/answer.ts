import type { z } from 'zod';

/** What a stand-in system answers over HTTP. */
export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Why a system does not do what it was asked: the same shape from every face. */
export interface Refusal {
  code: string;
  message: string;
  field?: string[] | undefined;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const unprocessable = (error: Refusal): Answer => ({ status: 422, body: { error } });

/** `code` tells a thing that is not there from an address that does not exist. */
export function notFound(code: string, message: string): Answer {
  return { status: 404, body: { error: { code, message } } };
}

export function badRequest(code: string, message: string): Answer {
  return { status: 400, body: { error: { code, message } } };
}

/** The first thing wrong with a body, with the path of the field. */
export function refusalOf(error: z.ZodError): Refusal {
  const issue = error.issues[0];
  if (issue?.code === 'unrecognized_keys') {
    const field = [...issue.path.map(String), issue.keys[0] ?? ''];
    return { code: 'UNKNOWN_FIELD', message: `nothing here is called ${field.join('.')}`, field };
  }
  return {
    code: 'INVALID_VALUE',
    message: issue?.message ?? 'not a valid document',
    field: issue?.path.map(String) ?? [],
  };
}
