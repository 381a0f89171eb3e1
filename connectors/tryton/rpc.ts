import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import { CONNECTOR_CODES, ConnectorError } from '../connector-error.ts';
import { createJsonOverHttp, type HttpAnswer } from '../json-over-http.ts';
import { answerError, brokenAnswer, TrytonQuestion } from './answer-error.ts';
import { createSessions, type Session } from './session.ts';
import type { SearchDomain } from './wire.ts';

export interface TrytonRpcOptions {
  readonly system: string;
  /** Origin of the server, without the database. */
  readonly url: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly timeoutMs: number;
  readonly maxConnections: number;
  readonly clock: Clock;
}

export interface SearchOptions {
  readonly order?: readonly (readonly [string, 'ASC' | 'DESC'])[];
  readonly limit?: number;
  /** Beside what the user's own preferences say. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Calls to one Tryton database, for as long as their caller waits. Every failure is a `ConnectorError`. */
export interface TrytonCalls {
  /** `model.<model>.<method>`; the context is added. */
  call(model: string, method: string, ...parameters: unknown[]): Promise<unknown>;
  /** Presses a button. What Tryton would ask a person first ("sell more than there is?") is answered with yes: it has been sold. */
  press(model: string, button: string, ids: readonly number[]): Promise<unknown>;
  /** Rows of a model; a row that does not look as it should fails the call in doubt. */
  search<T>(
    model: string,
    domain: SearchDomain,
    row: z.ZodType<T>,
    fields: readonly string[],
    options?: SearchOptions,
  ): Promise<T[]>;
  /** Goes through a wizard for one record: each step gives the next state and, from the form's defaults, what is filled in. */
  wizard(name: string, model: string, id: number, steps: readonly WizardStep[]): Promise<void>;
  /** The company the user works for. */
  company(): Promise<number>;
}

export interface WizardStep {
  readonly state: string;
  fill(defaults: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

export interface TrytonRpc {
  within(signal: AbortSignal): TrytonCalls;
  /** What time the server has it, by the last answer it gave. */
  serverNow(): Date;
  close(): Promise<void>;
}

const wizardSchema = z.tuple([z.number().int(), z.string(), z.string()]);
const viewSchema = z.object({ view: z.looseObject({ defaults: z.record(z.string(), z.unknown()) }) });

/** Questions one button may raise before we stop answering them. */
const MAX_QUESTIONS = 10;

/** Opens no connection before the first call. A session that has ended is renewed once per call, since a 401 did nothing. */
export function createTrytonRpc(options: TrytonRpcOptions): TrytonRpc {
  const { system, clock } = options;
  const http = createJsonOverHttp({
    system,
    url: options.url,
    headers: {},
    timeoutMs: options.timeoutMs,
    maxConnections: options.maxConnections,
  });
  const path = `/${encodeURIComponent(options.database)}/`;
  let lastId = 0;
  let aheadMs = 0;
  const { user, password, timeoutMs } = options;
  const sessions = createSessions({ system, user, password, timeoutMs: timeoutMs * 2, post });

  async function post(
    method: string,
    parameters: readonly unknown[],
    authorization: string | null,
    signal: AbortSignal,
  ): Promise<unknown> {
    lastId += 1;
    const id = lastId;
    const answer = await http.call({
      method: 'POST',
      path,
      body: { id, method, params: parameters },
      headers: authorization === null ? {} : { authorization },
      signal,
    });
    noteTime(answer);
    return resultOf(system, method, id, answer);
  }

  function noteTime({ headers }: HttpAnswer): void {
    const { date } = headers;
    const serverMs = typeof date === 'string' ? Date.parse(date) : Number.NaN;
    if (!Number.isNaN(serverMs)) aheadMs = serverMs - clock.now().getTime();
  }

  async function send(
    method: string,
    parametersFor: (session: Session) => readonly unknown[],
    signal: AbortSignal,
  ): Promise<unknown> {
    const session = await sessions.current(signal);
    try {
      return await post(method, parametersFor(session), session.authorization, signal);
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.code !== CONNECTOR_CODES.unauthorized) throw error;
      const renewed = await sessions.renew(session, signal);
      return post(method, parametersFor(renewed), renewed.authorization, signal);
    }
  }

  function within(signal: AbortSignal): TrytonCalls {
    const call: TrytonCalls['call'] = (model, method, ...parameters) =>
      send(`model.${model}.${method}`, ({ context }) => [...parameters, context], signal);

    async function answerYes(question: TrytonQuestion): Promise<void> {
      const values = ({ userId }: Session) => ({ user: userId, name: question.question, always: false });
      await send('model.res.user.warning.create', (opened) => [[values(opened)], opened.context], signal);
    }

    return {
      call,
      async press(model, button, ids) {
        for (let asked = 0; ; asked += 1) {
          try {
            return await call(model, button, ids);
          } catch (error) {
            if (!(error instanceof TrytonQuestion) || asked === MAX_QUESTIONS) throw error;
            await answerYes(error);
          }
        }
      },
      async search(model, domain, row, fields, { order = null, limit = null, context = {} } = {}) {
        const answer = await send(
          `model.${model}.search_read`,
          (opened) => [domain, 0, limit, order, fields, { ...opened.context, ...context }],
          signal,
        );
        const rows = row.array().safeParse(answer);
        if (rows.success) return rows.data;
        const issue = rows.error.issues[0];
        throw brokenAnswer(
          system,
          `rows of ${model} that cannot be read (${issue?.path.join('.')}: ${issue?.message})`,
        );
      },
      async wizard(name, model, id, steps) {
        const about = { active_model: model, active_id: id, active_ids: [id] };
        const go = (method: string, parameters: readonly unknown[]) =>
          send(
            `wizard.${name}.${method}`,
            ({ context }) => [...parameters, { ...context, ...about }],
            signal,
          );
        const created = wizardSchema.safeParse(await go('create', []));
        if (!created.success) throw brokenAnswer(system, `a wizard ${name} that cannot be read`);
        const [wizardId, start] = created.data;
        let answer = await go('execute', [wizardId, {}, start]);
        for (const step of steps) {
          const shown = viewSchema.safeParse(answer);
          if (!shown.success) throw brokenAnswer(system, `a form of wizard ${name} that cannot be read`);
          answer = await go('execute', [wizardId, step.fill(shown.data.view.defaults), step.state]);
        }
        await go('delete', [wizardId]);
      },
      async company() {
        return (await sessions.current(signal)).company;
      },
    };
  }

  return {
    within,
    serverNow: () => new Date(clock.now().getTime() + aheadMs),
    close: () => http.close(),
  };
}

/** The result in an answer; an answer that says 200 may say no all the same. */
function resultOf(system: string, method: string, id: number, { status, body }: HttpAnswer): unknown {
  if (status !== 200 || typeof body !== 'object' || body === null) {
    throw brokenAnswer(system, `${status} to ${method}`);
  }
  if ('error' in body) throw answerError(system, body.error);
  if (!('result' in body) || !('id' in body) || body.id !== id) {
    throw brokenAnswer(system, `no result of ${method}`);
  }
  return body.result;
}
