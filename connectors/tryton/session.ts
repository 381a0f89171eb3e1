import { z } from 'zod';
import { CONNECTOR_CODES, ConnectorError } from '../connector-error.ts';
import { brokenAnswer } from './answer-error.ts';

export interface Session {
  readonly userId: number;
  readonly company: number;
  /** The header each call carries. */
  readonly authorization: string;
  /** What each call tells of the user: the company and the language. */
  readonly context: Readonly<Record<string, unknown>>;
}

export interface SessionsOptions {
  readonly system: string;
  readonly user: string;
  readonly password: string;
  /** The longest a login may take: it is slow on purpose. */
  readonly timeoutMs: number;
  post(
    method: string,
    parameters: readonly unknown[],
    authorization: string | null,
    signal: AbortSignal,
  ): Promise<unknown>;
}

export interface Sessions {
  /** The session, opened by the first who asks. Giving up while waiting for it means that nothing was sent. */
  current(signal: AbortSignal): Promise<Session>;
  /** A new one in place of one that the server does not know any more. */
  renew(ended: Session, signal: AbortSignal): Promise<Session>;
}

const loginSchema = z.tuple([z.number().int(), z.string().min(1)]);
const preferencesSchema = z.looseObject({ company: z.number().int(), language: z.string().nullish() });

/** Many calls need a session at once: they share one login, which none of them may give up for the others. */
export function createSessions(options: SessionsOptions): Sessions {
  const { system, user, password, post } = options;
  let opened: Promise<Session> | undefined;
  let latest: Session | undefined;

  function open(): Promise<Session> {
    opened ??= logIn(AbortSignal.timeout(options.timeoutMs)).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  }

  async function logIn(signal: AbortSignal): Promise<Session> {
    const given = loginSchema.safeParse(await post('common.db.login', [user, { password }], null, signal));
    if (!given.success) throw brokenAnswer(system, 'a login that cannot be read');
    const [userId, token] = given.data;
    const authorization = `Session ${Buffer.from(`${user}:${userId}:${token}`).toString('base64')}`;
    const preferences = await post('model.res.user.get_preferences', [true, {}], authorization, signal);
    const found = preferencesSchema.safeParse(preferences);
    if (!found.success) {
      const message = `the user ${user} works for no company: set one in the user's preferences`;
      throw new ConnectorError('refused', { system, code: 'NO_COMPANY', message });
    }
    const { company, language } = found.data;
    const context = { company, ...(language == null ? {} : { language }) };
    latest = { userId, company, authorization, context };
    return latest;
  }

  async function orGivenUp(session: Promise<Session>, signal: AbortSignal): Promise<Session> {
    const { promise: givenUp, reject } = Promise.withResolvers<never>();
    const giveUp = () => {
      const message = 'given up before it was sent';
      reject(new ConnectorError('not-sent', { system, code: CONNECTOR_CODES.aborted, message }));
    };
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    try {
      return await Promise.race([givenUp, session]);
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  return {
    current: (signal) => orGivenUp(open(), signal),
    renew(ended, signal) {
      if (latest === ended) opened = undefined;
      return orGivenUp(open(), signal);
    },
  };
}
