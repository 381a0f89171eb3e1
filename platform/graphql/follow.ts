import type { Clock } from '../clock.ts';
import { GraphError } from '../errors.ts';
import type { Caller } from '../identity/identity.ts';
import { type Cursor, createCursorCodec } from './cursor.ts';
import { createStreamMemory } from './stream-memory.ts';
import type { Told, Topic } from './topic.ts';

export interface FollowOptions<T, E> {
  readonly topic: Pick<Topic<T>, 'subscribe' | 'resume' | 'position'>;
  readonly clock: Clock;
  readonly caller: Pick<Caller, 'resume'>;
  /** The subscription field and its arguments: a cursor is good for no other. */
  readonly stream: { readonly field: string; readonly args: object };
  /** Which changes this subscription is about. */
  wanted(change: T): boolean;
  /** What a change means to this subscriber: the events it is told, none to several, in the same order whenever it is asked. */
  events(change: T): readonly E[] | Promise<readonly E[]>;
  /** Reads what there is now, told before the changes. Called when listening has begun, so that nothing falls between the two. */
  present?(): Promise<readonly E[]>;
  /** Called when listening has begun, unless the stream goes on from a cursor. */
  begin?(): Promise<void>;
  /**
   * The thing an event is the whole state of, and which of its states: a reader who is behind may be told the latest alone. A change
   * that is not newer than what was told of the same thing is dropped: of things that were there at first, and of those told last.
   */
  stateOf?(event: E): { readonly key: string; readonly version?: number };
  /** Asked before each event is handed out, the present ones too; false drops that one event. For rights that may end meanwhile. */
  admits?(event: E): Promise<boolean>;
  /** What `events` remembers from one change to the next, as JSON; travels in the cursor. */
  readonly memory?: { save(): unknown; restore(saved: unknown): void };
}

/** What is told beside an event, in the `extensions` of its answer. */
export interface StreamExtensions {
  /** From here a subscription with the same arguments goes on. */
  readonly cursor?: string;
  /** The thing the event is the whole state of. */
  readonly entity?: string;
  /** On what is told first to somebody who came with a cursor: false when events may be missing in between, and the state is told anew. */
  readonly resumed?: boolean;
  /** On what is told before any event, to those who understand cursors: what follows at first. */
  readonly opening?: 'present' | 'changes';
}

/** The events of a subscription. */
export interface Followed<E> extends AsyncIterableIterator<E> {
  /** Told before the first event; absent when nobody asked. */
  readonly opening?: StreamExtensions;
  /** Whether it goes on from a cursor; otherwise what was before is told as the present, or not at all. */
  readonly isResumed: boolean;
  /** What belongs to the event that was handed out last. */
  readonly latest: StreamExtensions;
}

/**
 * A subscription as its `subscribe` answers it: the present state if there is one, then each change; or, with a cursor, each change since.
 * Rejects when the present cannot be read, with BAD_USER_INPUT for what is no cursor of this stream, and with CURSOR_EXPIRED when what
 * followed the cursor is no longer kept and there is no present to tell instead. `return()` ends it at once, also while it waits.
 */
export async function follow<T, E>(options: FollowOptions<T, E>): Promise<Followed<E>> {
  const { topic, stateOf, admits } = options;
  const codec = createCursorCodec(options.stream, options.clock);
  const memory = createStreamMemory(options.memory);
  const resumeFrom = options.caller.resume?.from ?? null;

  const cursor = resumeFrom === null ? null : codec.read(resumeFrom);
  const resumed =
    cursor === null || cursor.isWithinPresent === true
      ? null
      : await topic.resume(cursor.position, options.wanted);
  if (resumeFrom !== null && resumed === null && options.present === undefined)
    throw new GraphError(
      'CURSOR_EXPIRED',
      'what followed this cursor is no longer kept; read the state, subscribe without it',
    );
  const changes = resumed ?? topic.subscribe(options.wanted);
  // The place of the last change all of whose events were told, and how many of the next one's were.
  let position = resumed === null || cursor === null ? topic.position() : cursor.position;
  let skip = resumed === null ? 0 : (cursor?.told ?? 0);
  let told = 0;
  if (resumed !== null) memory.restore(cursor?.memory);

  let ended = false;
  const end = async (): Promise<IteratorResult<E>> => {
    ended = true;
    await changes.return?.();
    return { done: true, value: undefined };
  };
  const endingOnError = <R>(work: Promise<R>): Promise<R> =>
    work.catch(async (error: unknown) => {
      await end();
      throw error;
    });

  if (resumed === null) await endingOnError(options.begin?.() ?? Promise.resolve());
  const present = resumed === null ? await endingOnError(options.present?.() ?? Promise.resolve([])) : [];
  const waiting: E[] = [...present];
  let presentLeft = present.length;
  let current: Told<T> | null = null;
  if (stateOf !== undefined) for (const event of present) memory.know(stateOf(event));

  const cursorText = (place: Omit<Cursor, 'memory'>): Pick<StreamExtensions, 'cursor'> =>
    place.position === '' ? {} : { cursor: codec.write({ ...place, memory: memory.save() }) };
  let marker = resumeFrom === null ? {} : { resumed: resumed !== null };
  const opening: StreamExtensions | undefined =
    options.caller.resume === undefined
      ? undefined
      : {
          opening: presentLeft > 0 ? 'present' : 'changes',
          ...marker,
          ...cursorText({ position, told: skip, isWithinPresent: presentLeft > 0 }),
        };
  let latest: StreamExtensions = {};

  /** Counts an event as told, whether it is handed out or not. */
  function count(): Omit<Cursor, 'memory'> {
    if (presentLeft > 0) {
      presentLeft -= 1;
      if (presentLeft === 0) return { position, told: 0 };
      return { position, told: present.length - presentLeft, isWithinPresent: true };
    }
    // Without a place of its own: whoever comes back goes on from the change before it.
    if (current?.position === '') return { position, told: skip };
    told += 1;
    if (waiting.length > 0) return { position, told };
    position = current?.position ?? position;
    told = 0;
    return { position, told };
  }

  /** A throw is a rejection, whether or not the mapping waits for something. */
  async function eventsOf(change: T): Promise<readonly E[]> {
    return options.events(change);
  }

  async function nextEvent(): Promise<{ readonly event: E; readonly place: Omit<Cursor, 'memory'> } | null> {
    for (;;) {
      const event = waiting.shift();
      if (event !== undefined) {
        const isOfPresent = presentLeft > 0;
        const place = count();
        if (isOfPresent || stateOf === undefined || memory.isNews(stateOf(event))) return { event, place };
        continue;
      }
      const step = await changes.next();
      if (step.done === true) return null;
      current = step.value;
      const events = await endingOnError(eventsOf(step.value.event));
      if (current.position === '') {
        waiting.push(...events);
        continue;
      }
      // What was told of it before the subscription was resumed.
      waiting.push(...events.slice(skip));
      told = Math.min(skip, events.length);
      skip = 0;
      if (waiting.length === 0) position = current.position;
    }
  }

  // Not a generator: one that waits for its next event would notice only at that event that its reader has gone.
  const events: Followed<E> = {
    ...(opening === undefined ? {} : { opening }),
    isResumed: resumed !== null,
    get latest() {
      return latest;
    },
    [Symbol.asyncIterator]: () => events,
    async next() {
      while (!ended) {
        const next = await nextEvent();
        if (next === null) return end();
        const { event, place } = next;
        const isAdmitted = admits === undefined || (await endingOnError(admits(event)));
        // Whoever left while we asked is not handed anything any more.
        if (!isAdmitted || ended) continue;
        latest = {
          ...cursorText(place),
          ...(stateOf === undefined ? {} : { entity: stateOf(event).key }),
          ...marker,
        };
        marker = {};
        return { done: false, value: event };
      }
      return { done: true, value: undefined };
    },
    return: end,
    async throw(error: unknown) {
      await end();
      throw error;
    },
  };
  return events;
}
