import type { Big } from 'big.js';
import { type CsvRowError, readCsv } from '../../connectors/csv/read-csv.ts';
import type { Invoice } from './classify.ts';
import {
  COLUMNS,
  exactValue,
  type InvoiceLine,
  invoiceNumber,
  parseLine,
  readableValue,
} from './invoice-line.ts';

/** What a first reading of the file found: enough to put invoices together in a second one without keeping the file in memory. */
export interface FilePlan {
  /** The last line of each invoice that is to be read, in the order in which the invoices begin. */
  readonly lastLines: ReadonlyMap<string, number>;
  /** Where reading ends: the last line of the last invoice, or the end of the file without a limit. */
  readonly endLine: number;
}

/** A line that belongs to nothing that could be submitted. */
export interface UnreadableLine {
  readonly line: number;
  /** Empty when the line cannot even be read that far. */
  readonly invoice: string;
  readonly code: CsvRowError['code'] | 'MISSING_VALUE' | 'INVALID_NUMBER' | 'INVALID_DATE' | 'INVOICE_CUT';
  readonly message: string;
  readonly column: string | undefined;
  /** Quantity times price, where both can be read. */
  readonly value: Big | null;
}

export type Entry =
  | { readonly invoice: Invoice; readonly unreadable?: undefined }
  | { readonly unreadable: UnreadableLine; readonly invoice?: undefined };

const ENDS_THE_FILE: ReadonlySet<string> = new Set(['TRUNCATED_GZIP', 'CORRUPT_GZIP']);

export interface PlanOptions {
  /** How many invoices, in the order of the file. Default: all. */
  readonly limit?: number | undefined;
  readonly signal: AbortSignal;
}

/** Reads the file once. Throws a `CsvHeaderError` that names the columns when it is not an Online Retail file. */
export async function planFile(path: string, { limit = Infinity, signal }: PlanOptions): Promise<FilePlan> {
  const lastLines = new Map<string, number>();
  for await (const { line, values } of readCsv(path, { columns: COLUMNS, signal })) {
    const number = values === undefined ? '' : invoiceNumber(values);
    if (number !== '' && (lastLines.has(number) || lastLines.size < limit)) lastLines.set(number, line);
  }
  const endLine = Number.isFinite(limit) ? Math.max(0, ...lastLines.values()) : Infinity;
  return { lastLines, endLine };
}

/**
 * Gives each planned invoice once its last line is read, however its lines are scattered, and each line that cannot be read.
 * Where an archive is cut off, the invoice at the cut is not given: half of it would take the place of the whole.
 */
export async function* readInvoices(path: string, { lastLines, endLine }: FilePlan): AsyncGenerator<Entry> {
  const open = new Map<string, InvoiceLine[]>();
  /** Whole, but not given before we know that the file goes on after it. */
  let held: Invoice | undefined;
  for await (const { line, values, error } of readCsv(path, { columns: COLUMNS })) {
    if (line > endLine) break;
    if (error !== undefined) {
      const { code, message, column } = error;
      if (held !== undefined && ENDS_THE_FILE.has(code)) {
        yield* cut(held);
        held = undefined;
      }
      yield { unreadable: { line, invoice: '', code, message, column, value: null } };
      continue;
    }
    const number = invoiceNumber(values);
    if (number !== '' && !lastLines.has(number)) continue;
    if (held !== undefined) yield { invoice: held };
    held = undefined;
    const lines = open.get(number) ?? [];
    const parsed = parseLine(line, values);
    if ('problem' in parsed) {
      yield { unreadable: { line, invoice: number, ...parsed.problem, value: readableValue(values) } };
    } else {
      lines.push(parsed);
      open.set(number, lines);
    }
    if (lastLines.get(number) !== line) continue;
    open.delete(number);
    if (lines.length > 0) held = { number, lines };
  }
  if (held !== undefined) yield { invoice: held };
}

function* cut({ number, lines }: Invoice): Generator<Entry> {
  for (const line of lines)
    yield {
      unreadable: {
        line: line.line,
        invoice: number,
        code: 'INVOICE_CUT',
        message: `the file is cut off in or after invoice ${number}; half an invoice is not submitted`,
        column: undefined,
        value: exactValue(line),
      },
    };
}
