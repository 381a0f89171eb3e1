import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ProcessFigures, Question } from './report-figures.ts';

const HERE = fileURLToPath(new URL('./', import.meta.url));
export const PEERS = `${HERE}peers/`;
const READY_WITHIN_MS = 60_000;
const ANSWERS_WITHIN_MS = 30_000;

/** One of those that are compared: a process that answers GraphQL at `url`. */
export interface Contender {
  readonly key: string;
  readonly name: string;
  readonly url: string;
  figures(): Promise<ProcessFigures>;
  /** The figures once garbage is gone. */
  collected(): Promise<ProcessFigures>;
  stop(): Promise<void>;
}

export interface ContenderPlan {
  readonly key: string;
  readonly name: string;
  readonly commandLine: readonly string[];
  /** Of a package apart, which has to be installed first. */
  readonly isPeer: boolean;
}

/** Everybody who can be measured, the one that the others are compared with first. */
export function contenderPlans(originUrl: string, supergraphFile: string): readonly ContenderPlan[] {
  const own = (key: string, name: string, ...commandLine: string[]) => ({
    key,
    name,
    commandLine,
    isPeer: false,
  });
  const peer = (key: string, name: string, ...commandLine: string[]) => ({
    key,
    name,
    commandLine,
    isPeer: true,
  });
  return [
    peer('apollo', '@apollo/gateway in Apollo Server', 'peers/apollo-gateway.mjs', supergraphFile),
    peer('hive', 'Hive Gateway', 'peers/hive-gateway.mjs', 'js', supergraphFile),
    peer('hive-rust', 'Hive Gateway, Rust runtime', 'peers/hive-gateway.mjs', 'rust', supergraphFile),
    own('own', 'ours over HTTP', 'own-process.ts', 'http', originUrl),
    own('own-in-process', 'ours in process', 'own-process.ts', 'in-process', originUrl),
    own(
      'proxy-json',
      'floor: proxy with undici that parses and writes JSON',
      'proxy-process.ts',
      'json',
      originUrl,
    ),
    own('proxy', 'floor: bare proxy, with undici', 'proxy-process.ts', 'bytes', originUrl),
    own(
      'proxy-own',
      'floor: bare proxy, on our connections',
      'proxy-process.ts',
      'own-connections',
      originUrl,
    ),
    own('plain', 'floor: plain node:http, same bytes', 'plain-process.ts'),
  ];
}

export const peersInstalled = (): boolean => existsSync(`${PEERS}node_modules/@apollo/gateway`);

export async function startContender(plan: ContenderPlan): Promise<Contender> {
  const { key, name } = plan;
  const started = await startReporting(plan.commandLine, [`--expose-gc`]);
  return { key, name, ...started };
}

/** Runs a process of the benchmark until it says where it answers. */
export async function startReporting(
  commandLine: readonly string[],
  nodeOptions: readonly string[] = [],
): Promise<Pick<Contender, 'url' | 'figures' | 'collected' | 'stop'>> {
  const [file = '', ...rest] = commandLine;
  const child = fork(`${HERE}${file}`, rest, {
    execArgv: [...nodeOptions, ...(process.env.BENCH_NODE_OPTIONS?.split(' ') ?? [])],
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-4000);
  });
  const hear = (withinMs: number) => heardFrom(child, withinMs, () => `${commandLine.join(' ')}:\n${said}`);
  // The process sends one message when it answers, and one for each question.
  const { url } = (await hear(READY_WITHIN_MS)) as { url: string };
  const ask = async (question: Question) => {
    child.send(question);
    return (await hear(ANSWERS_WITHIN_MS)) as ProcessFigures;
  };
  return {
    url,
    figures: () => ask({ kind: 'figures' }),
    collected: () => ask({ kind: 'collect' }),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.disconnect();
      const force = setTimeout(() => child.kill('SIGKILL'), 5000);
      await gone;
      clearTimeout(force);
    },
  };
}

function heardFrom(child: ChildProcess, withinMs: number, what: () => string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(late);
      child.off('message', heard);
      child.off('exit', ended);
    };
    const heard = (message: unknown) => {
      done();
      resolve(message);
    };
    const ended = (code: number | null) => {
      done();
      reject(new Error(`ended with ${code}: ${what()}`));
    };
    const late = setTimeout(() => {
      done();
      child.kill('SIGKILL');
      reject(new Error(`said nothing for ${withinMs} ms: ${what()}`));
    }, withinMs);
    child.on('message', heard);
    child.on('exit', ended);
  });
}
