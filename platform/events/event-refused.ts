import { ZodError } from 'zod';

/** Thrown by a consumer's handler for an event that can never be applied as it is: it is set aside, and nothing of it is kept. */
export class EventRefused extends Error {
  readonly code: string;
  /** Path into the event's data. */
  readonly field: string | null;

  constructor(code: string, message: string, field: string | null = null) {
    super(message);
    this.code = code;
    this.field = field;
  }
}

/** Why no repetition will help: the event was refused, or its data could not be read (`INVALID_VALUE`). Null: another time it may go well. */
export function refusalOf(error: unknown): EventRefused | null {
  if (error instanceof EventRefused) return error;
  if (!(error instanceof ZodError)) return null;
  const issue = error.issues[0];
  return new EventRefused('INVALID_VALUE', issue?.message ?? 'cannot be read', issue?.path.join('.') ?? null);
}
