/** Errors whose message says all. */
const EXPLAINED: ReadonlySet<string> = new Set([
  'UsageError',
  'CsvHeaderError',
  'NotImported',
  'ServerGone',
  'Interrupted',
  'ConnectorError',
]);

/** The command was typed wrongly; the message says how it is right. */
export class UsageError extends Error {
  constructor(problem: string, usage: string) {
    super(`${problem}\n${usage}`);
    this.name = 'UsageError';
  }
}

/** The file of `uci <file>`, or a UsageError. */
export function fileOf(positionals: readonly string[], usage: string): string {
  const [source, file, ...rest] = positionals;
  if (source !== 'uci') throw new UsageError(`unknown source "${source ?? ''}": only uci is known`, usage);
  if (file === undefined || rest.length > 0) throw new UsageError('exactly one file is needed', usage);
  return file;
}

/** An http address without its last slash. */
export function urlOf(text: string, usage: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--url ${text} is not an address such as http://127.0.0.1:4000`, usage);
  return text.replace(/\/+$/, '');
}

/** A whole number from 1 to `most`; undefined when it was left out. */
export function countOf(
  name: string,
  text: string | undefined,
  most: number,
  usage: string,
): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 1 && value <= most))
    throw new UsageError(`--${name} ${text} is not a number from 1 to ${most}`, usage);
  return value;
}

/** A number above zero; undefined when it was left out. */
export function speedOf(text: string | undefined, usage: string): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value > 0)) throw new UsageError(`--speed ${text} is not a number above zero`, usage);
  return value;
}

/** What a person is told about an error that ended a command: a sentence where one is enough, the stack where it is our fault. */
export function problemOf(error: unknown, usage: string): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && typeof error.code === 'string') {
    if (error.code.startsWith('ERR_PARSE_ARGS')) return `${error.message}\n${usage}`;
    if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'EACCES') return error.message;
  }
  return EXPLAINED.has(error.name) ? error.message : (error.stack ?? error.message);
}
