/** A half-open interval of keys: `from` belongs to it, `to` does not. */
export type KeyRange = { from: string; to: string };

type Chunk = { keys: string[]; ids: number[] };
const chunkSize = 512;

/**
 * Pairs of key and record number in order, as a list of sorted chunks. Finding is two binary searches; inserting moves
 * at most one chunk's worth of pointers. Not to be changed while a range is being read.
 */
export class SortedEntries {
  #chunks: Chunk[] = [];
  #size = 0;
  #keyLength = 0;

  get size(): number {
    return this.#size;
  }

  /** Roughly what the entries take: two bytes a character at most, and a number for each. */
  get bytes(): number {
    return this.#keyLength + this.#size * 8;
  }

  /** Roughly how many entries lie in a range: exact to a chunk, at no more cost than finding one entry. */
  estimate({ from, to }: KeyRange): number {
    const [first, start] = this.#start(from);
    const [last, end] = this.#start(to);
    if (first === last) return Math.max(0, end - start);
    return (this.#chunks[first]?.keys.length ?? 0) - start + end + (last - first - 1) * (chunkSize / 2);
  }

  /** Replaces the content; sorts once, which is much cheaper than inserting one by one. */
  fill(entries: { key: string; id: number }[]): void {
    entries.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id - b.id));
    this.#chunks = [];
    this.#size = entries.length;
    this.#keyLength = entries.reduce((sum, { key }) => sum + key.length, 0);
    for (let at = 0; at < entries.length; at += chunkSize / 2) {
      const part = entries.slice(at, at + chunkSize / 2);
      this.#chunks.push({ keys: part.map(({ key }) => key), ids: part.map(({ id }) => id) });
    }
  }

  insert(key: string, id: number): void {
    this.#size++;
    this.#keyLength += key.length;
    const at = Math.max(0, this.#chunkFor(key, id));
    const chunk = this.#chunks[at];
    if (!chunk) {
      this.#chunks.push({ keys: [key], ids: [id] });
      return;
    }
    const position = positionIn(chunk, key, id);
    chunk.keys.splice(position, 0, key);
    chunk.ids.splice(position, 0, id);
    if (chunk.keys.length > chunkSize) {
      const half = chunkSize / 2;
      this.#chunks.splice(at + 1, 0, { keys: chunk.keys.splice(half), ids: chunk.ids.splice(half) });
    }
  }

  remove(key: string, id: number): void {
    const at = this.#chunkFor(key, id);
    const chunk = this.#chunks[at];
    if (!chunk) return;
    const position = positionIn(chunk, key, id);
    if (chunk.keys[position] !== key || chunk.ids[position] !== id) return;
    this.#size--;
    this.#keyLength -= key.length;
    chunk.keys.splice(position, 1);
    chunk.ids.splice(position, 1);
    if (chunk.keys.length === 0) this.#chunks.splice(at, 1);
  }

  /** The record numbers whose key is exactly this one. */
  *exactly(key: string): Generator<number> {
    for (let [at, position] = this.#start(key); ; at++, position = 0) {
      const chunk = this.#chunks[at];
      if (!chunk) return;
      for (; position < chunk.keys.length; position++) {
        if (chunk.keys[position] !== key) return;
        yield chunk.ids[position] ?? 0;
      }
    }
  }

  /** The record numbers within a range, in key order or against it. */
  *range({ from, to }: KeyRange, reverse = false): Generator<number> {
    if (reverse) {
      yield* this.#backwards(from, to);
      return;
    }
    for (let [at, position] = this.#start(from); ; at++, position = 0) {
      const chunk = this.#chunks[at];
      if (!chunk) return;
      for (; position < chunk.keys.length; position++) {
        if ((chunk.keys[position] ?? '') >= to) return;
        yield chunk.ids[position] ?? 0;
      }
    }
  }

  *#backwards(from: string, to: string): Generator<number> {
    const [start, offset] = this.#start(to);
    let end = offset;
    for (let at = start; at >= 0; at--) {
      const chunk = this.#chunks[at];
      if (chunk) {
        for (let position = Math.min(end, chunk.keys.length) - 1; position >= 0; position--) {
          if ((chunk.keys[position] ?? '') < from) return;
          yield chunk.ids[position] ?? 0;
        }
      }
      end = chunkSize + 1;
    }
  }

  /** Chunk and position of the first entry at or after a key. */
  #start(key: string): [chunk: number, position: number] {
    const at = Math.max(0, this.#chunkFor(key, -1));
    const chunk = this.#chunks[at];
    return [at, chunk ? positionIn(chunk, key, -1) : 0];
  }

  /** The last chunk that begins at or before the entry; -1 if all begin after it. */
  #chunkFor(key: string, id: number): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const chunk = this.#chunks[middle];
      const first = chunk?.keys[0] ?? '';
      if (first < key || (first === key && (chunk?.ids[0] ?? 0) <= id)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

function positionIn(chunk: Chunk, key: string, id: number): number {
  let low = 0;
  let high = chunk.keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = chunk.keys[middle] ?? '';
    if (other < key || (other === key && (chunk.ids[middle] ?? 0) < id)) low = middle + 1;
    else high = middle;
  }
  return low;
}
