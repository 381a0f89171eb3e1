import { LRUCache } from 'lru-cache';

/** Text kept per cache at most, in UTF-16 units; what is made from it takes some ten times as much memory. */
const MAX_TEXT = 8 * 1024 * 1024;
/** A longer operation is answered but not remembered: nobody sends it often, and a few would push out all others. */
const MAX_TEXT_EACH = 128 * 1024;

/**
 * Remembers what was made of an operation's text, so that a known operation costs nothing to understand. Bounded in number and in
 * text, for clients can send any number of different operations; the least recently used goes first.
 */
export function createSourceCache<Made extends object>(options: { max: number }): LRUCache<string, Made> {
  return new LRUCache<string, Made>({
    max: options.max,
    maxSize: MAX_TEXT,
    maxEntrySize: MAX_TEXT_EACH,
    sizeCalculation: (_made, source) => source.length + 1,
  });
}
