import { z } from 'zod';
import { CONNECTOR_CODES, ConnectorError } from '../connector-error.ts';

const userError = z.tuple([z.literal('UserError'), z.array(z.unknown()).min(1)]);
const userWarning = z.tuple([z.literal('UserWarning'), z.tuple([z.string(), z.string()], z.unknown())]);
const concurrency = z.tuple([z.literal('ConcurrencyException')], z.unknown());

/** The code of a no that Tryton gives in words only. */
export const ERP_REFUSED = 'ERP_REFUSED';

/** Tryton stopped to ask a person. Nothing happened; with an answer on record, the same call goes through. */
export class TrytonQuestion extends ConnectorError {
  /** The question's own name, which a recorded answer must give. */
  readonly question: string;

  constructor(system: string, question: string, message: string) {
    super('rejected', { system, code: 'ERP_ASKS', message });
    this.name = 'TrytonQuestion';
    this.question = question;
  }
}

/**
 * What an error inside an answer of status 200 means. A rule that was broken is a no. Everything else, the ERP's own database being gone
 * included, comes as the bare text of an exception: nobody can tell whether it struck before or after the commit.
 */
export function answerError(system: string, error: unknown): ConnectorError {
  const refused = userError.safeParse(error).data;
  if (refused !== undefined) {
    const [message] = refused[1];
    return new ConnectorError('rejected', { system, code: ERP_REFUSED, message: String(message) });
  }
  const asked = userWarning.safeParse(error).data;
  if (asked !== undefined) {
    const [question, message] = asked[1];
    return new TrytonQuestion(system, question, message);
  }
  if (concurrency.safeParse(error).success) {
    const message = 'somebody else changed the record meanwhile';
    return new ConnectorError('not-sent', { system, code: 'CHANGED_MEANWHILE', message });
  }
  const text = Array.isArray(error) ? String(error[0]) : JSON.stringify(error);
  const message = `failed inside (${text?.slice(0, 500)})`;
  return new ConnectorError('in-doubt', { system, code: CONNECTOR_CODES.systemError, message });
}

export function brokenAnswer(system: string, message: string): ConnectorError {
  return new ConnectorError('in-doubt', { system, code: CONNECTOR_CODES.contractViolation, message });
}

export function rejected(system: string, code: string, message: string, field: string[]): ConnectorError {
  return new ConnectorError('rejected', { system, code, message, field });
}
