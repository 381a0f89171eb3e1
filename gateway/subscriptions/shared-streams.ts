import type { Clock } from '../../platform/clock.ts';
import type { StreamExtensions } from '../../platform/graphql/follow.ts';
import type { EventSink, UpstreamSubscription } from '../transports/transport.ts';
import type { StreamEvent, StreamListener } from './stream-event.ts';
import { openUpstream, type Upstream } from './upstream.ts';

export interface StreamRequest {
  /** Equal for requests whose events are the same: what is asked of which subgraph, and in whose name. */
  readonly key: string;
  /** The cursor a client came with, or null. */
  readonly resumeFrom: string | null;
  open(resumeFrom: string | null, sink: EventSink): Promise<UpstreamSubscription>;
}

/** The subscriptions at the subgraphs, each shared by all whose events are the same. */
export interface SharedStreams {
  /** Listens until the stream ends or the answer is called. */
  join(request: StreamRequest, listener: StreamListener): () => void;
  /** Subscriptions at subgraphs that are open. */
  readonly upstreams: number;
}

/** One subscription at a subgraph, and who listens. */
interface Stream {
  readonly upstream: Upstream;
  readonly members: Set<Member>;
  /** Whether anything has been told; who joins before that misses nothing. */
  hasBegun: boolean;
  /** Absent until the subgraph has told, and when it tells nothing of cursors. */
  opening?: StreamExtensions;
}

interface Member {
  readonly listener: StreamListener;
  stream: Stream | undefined;
}

/** Streams with the same events: one that others may join, and those that have yet to come to where it is. */
interface Family {
  main: Stream | undefined;
  readonly behind: Set<Stream>;
}

/**
 * Whoever asks for what is asked already joins, if nothing is lost by that: nothing has been told yet, the stream tells only changes, or it
 * stands exactly where the newcomer's cursor is. Otherwise the newcomer gets a stream of its own, which is given up as soon as both stand at the same cursor.
 */
export function createSharedStreams(options: { clock: Clock; retryForMs: number }): SharedStreams {
  const families = new Map<string, Family>();
  let upstreams = 0;

  function start(family: Family, request: StreamRequest): Stream {
    const members = new Set<Member>();
    const listener: StreamListener = {
      opened(extensions) {
        stream.opening = extensions;
        stream.hasBegun = true;
        for (const { listener } of [...members]) listener.opened(extensions);
      },
      next(event) {
        stream.hasBegun = true;
        tell(members, event);
        meet(family, stream);
      },
      fail(errors) {
        forget(stream);
        for (const member of [...members]) member.listener.fail(errors);
      },
      complete() {
        forget(stream);
        for (const member of [...members]) member.listener.complete();
      },
    };
    const forget = (ended: Stream) => leaveFamily(request.key, family, ended);
    upstreams += 1;
    const upstream = openUpstream({ ...request, ...options, listener });
    const stream: Stream = { upstream, members, hasBegun: false };
    return stream;
  }

  function enter(stream: Stream, member: Member): void {
    member.stream = stream;
    stream.members.add(member);
  }

  /** Puts together streams that have told the same up to now: their next event is the same. */
  function meet(family: Family, moved: Stream): void {
    const { main } = family;
    if (main === undefined || family.behind.size === 0) return;
    const { cursor } = main.upstream;
    if (cursor === undefined) return;
    for (const stream of moved === main ? [...family.behind] : [moved]) {
      if (stream.upstream.cursor !== cursor || stream.opening === undefined) continue;
      family.behind.delete(stream);
      for (const member of stream.members) enter(main, member);
      close(stream);
    }
  }

  function close(stream: Stream): void {
    upstreams -= 1;
    stream.upstream.close();
  }

  function leaveFamily(key: string, family: Family, stream: Stream): void {
    if (family.main !== stream && !family.behind.has(stream)) return;
    close(stream);
    family.behind.delete(stream);
    if (family.main === stream) {
      const [next] = family.behind;
      family.main = next;
      if (next !== undefined) family.behind.delete(next);
    }
    if (family.main === undefined && families.get(key) === family) families.delete(key);
  }

  function join(request: StreamRequest, listener: StreamListener): () => void {
    const family = families.get(request.key) ?? { main: undefined, behind: new Set() };
    families.set(request.key, family);
    const member: Member = { listener, stream: undefined };
    const { main } = family;
    if (main === undefined) {
      family.main = start(family, request);
      enter(family.main, member);
    } else if (canJoin(main, request.resumeFrom)) {
      enter(main, member);
      if (main.opening !== undefined) listener.opened(placeIn(main, request.resumeFrom));
    } else {
      const own = start(family, request);
      family.behind.add(own);
      enter(own, member);
    }
    return () => {
      const { stream } = member;
      if (stream === undefined || !stream.members.delete(member)) return;
      if (stream.members.size === 0) leaveFamily(request.key, family, stream);
    };
  }

  return {
    join,
    get upstreams() {
      return upstreams;
    },
  };
}

function tell(members: ReadonlySet<Member>, event: StreamEvent): void {
  // A copy: whoever is told may leave.
  for (const member of [...members]) member.listener.next(event);
}

function canJoin({ upstream, hasBegun, opening }: Stream, resumeFrom: string | null): boolean {
  if (resumeFrom !== null) return upstream.cursor === resumeFrom;
  // One that goes on from another's cursor may bring what the newcomer has not asked for.
  return hasBegun ? opening?.opening === 'changes' : upstream.cursor === undefined;
}

/** Where somebody stands who joins a stream that is under way. */
function placeIn({ upstream }: Stream, resumeFrom: string | null): StreamExtensions {
  return {
    opening: 'changes',
    ...(upstream.cursor === undefined ? {} : { cursor: upstream.cursor }),
    ...(resumeFrom === null ? {} : { resumed: true }),
  };
}
