import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { GraphError } from '../errors.ts';
import { timeOf } from '../store/change.ts';

/** A place in a subscription's stream, from which it goes on without a gap and without telling anything twice. */
export interface Cursor {
  /** Where the change of the event stands in the store's order. */
  readonly position: string;
  /** How many events of the change after `position` were told already; nearly always none. */
  readonly told: number;
  /** What the subscription has to know again to go on; absent when that is nothing. Kept small: it travels with every event. */
  readonly memory?: unknown;
  /** True while the present state is still being told; whoever comes back with such a cursor is told the present again. */
  readonly isWithinPresent?: boolean;
}

export interface CursorCodec {
  write(cursor: Cursor): string;
  /** Throws GraphError BAD_USER_INPUT with reason CURSOR_INVALID for a text that is no cursor of this stream. */
  read(text: string): Cursor;
}

/** A cursor's text; the memory of a hundred things fits. */
const MAX_LENGTH = 8_192;
const POSITION = /^82[0-9a-f]{16,400}$/;
/** How far another machine's clock may be ahead of ours. */
const MAX_AHEAD_S = 60;

/**
 * Cursors of one stream: a subscription field with its arguments. A cursor is no permission, so it is checked and not signed: it says
 * where in the stream to begin, and what a caller may see is decided anew. One of another stream, of a later time or of another form is
 * refused.
 */
export function createCursorCodec(
  stream: { readonly field: string; readonly args: object },
  clock: Clock,
): CursorCodec {
  const name = createHash('sha256')
    .update(`${stream.field}\n${JSON.stringify(stream.args)}`)
    .digest('base64url')
    .slice(0, 12);
  return {
    write: ({ position, told, memory, isWithinPresent = false }) =>
      Buffer.from(JSON.stringify([name, position, told, isWithinPresent, memory ?? null])).toString(
        'base64url',
      ),
    read(text) {
      const parts = parse(text);
      if (parts === undefined) throw invalid('it is not one that this stream gave');
      const { position, told, isWithinPresent, memory } = parts;
      if (parts.name !== name) throw invalid('it is of another subscription, or of other arguments');
      if (timeOf(position).t > clock.now().getTime() / 1000 + MAX_AHEAD_S)
        throw invalid('it is of a time that has not come');
      return { position, told, isWithinPresent, memory };
    },
  };
}

function parse(text: string): (Cursor & { name: string }) | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length !== 5) return undefined;
  const [name, position, told, isWithinPresent, memory]: unknown[] = parts;
  if (typeof name !== 'string' || typeof position !== 'string' || !POSITION.test(position)) return undefined;
  if (typeof told !== 'number' || !Number.isSafeInteger(told) || told < 0) return undefined;
  if (typeof isWithinPresent !== 'boolean') return undefined;
  return { name, position, told, isWithinPresent, memory };
}

function invalid(why: string): GraphError {
  return new GraphError(
    'BAD_USER_INPUT',
    `this cursor cannot be resumed from: ${why}; subscribe without it`,
    {
      reason: 'CURSOR_INVALID',
    },
  );
}
