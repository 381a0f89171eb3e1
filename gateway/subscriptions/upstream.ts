import type { Clock } from '../../platform/clock.ts';
import type {
  EventSink,
  SubgraphAnswer,
  SubgraphError,
  UpstreamSubscription,
} from '../transports/transport.ts';
import type { StreamListener } from './stream-event.ts';

export interface UpstreamOptions {
  /** Subscribes at the subgraph, from a cursor or, with null, from now. Rejects when nobody can be asked. */
  open(resumeFrom: string | null, sink: EventSink): Promise<UpstreamSubscription>;
  readonly resumeFrom: string | null;
  readonly listener: StreamListener;
  readonly clock: Clock;
  /** How long a lost subgraph is waited for. */
  readonly retryForMs: number;
}

/** A subscription at a subgraph that outlives a lost connection, as long as the subgraph told where to go on. */
export interface Upstream {
  /** Where the stream stands; undefined while the subgraph has told no cursor. */
  readonly cursor: string | undefined;
  close(): void;
}

const FIRST_RETRY_MS = 50;
const MAX_RETRY_MS = 3_000;

/**
 * Opens a subscription and keeps it open: when the subgraph is lost it is asked again, from the last cursor, until `retryForMs` have
 * passed. Without a cursor the loss is told at once, for events may be missing.
 */
export function openUpstream(options: UpstreamOptions): Upstream {
  const { listener, clock } = options;
  const closed = new AbortController();
  let cursor = options.resumeFrom ?? undefined;
  let current: UpstreamSubscription | undefined;
  let lostAtMs: number | undefined;
  let retryMs = FIRST_RETRY_MS;

  const end = (tell: () => void) => {
    if (closed.signal.aborted) return;
    closed.abort();
    tell();
  };
  const isWorthAnotherTry = (errors: readonly SubgraphError[]) =>
    cursor !== undefined &&
    isPassing(errors[0]) &&
    (lostAtMs === undefined || clock.now().getTime() - lostAtMs < options.retryForMs);

  async function retry(errors: readonly SubgraphError[]): Promise<void> {
    if (!isWorthAnotherTry(errors)) return end(() => listener.fail(errors));
    lostAtMs ??= clock.now().getTime();
    // Spread out, for all streams of a lost subgraph come back at the same time.
    await clock.delay(retryMs * (0.5 + Math.random()), closed.signal);
    retryMs = Math.min(retryMs * 2, MAX_RETRY_MS);
    if (!closed.signal.aborted) attempt(false);
  }

  function attempt(isFirst: boolean): void {
    // What an attempt tells after it has failed is of no interest: another has taken its place.
    let isOver = false;
    const over = (then: () => void) => {
      if (isOver || closed.signal.aborted) return;
      isOver = true;
      then();
    };
    const sink: EventSink = {
      next(answer) {
        if (isOver || closed.signal.aborted) return;
        lostAtMs = undefined;
        retryMs = FIRST_RETRY_MS;
        cursor = answer.extensions?.cursor ?? cursor;
        tell(listener, answer, isFirst);
      },
      fail: (errors) =>
        over(() => {
          current?.close();
          void retry(errors);
        }),
      complete: () => over(() => end(() => listener.complete())),
    };
    options.open(cursor ?? null, sink).then(
      (subscription) => {
        current = subscription;
        // It may have ended before there was a way to close it.
        if (isOver || closed.signal.aborted) subscription.close();
      },
      (cause: unknown) => sink.fail([errorOf(cause)]),
    );
  }

  attempt(true);
  return {
    get cursor() {
      return cursor;
    },
    close() {
      closed.abort();
      current?.close();
    },
  };
}

/** That a stream goes on where it was lost is no news for those who listen; that it could not is. */
function tell(
  listener: StreamListener,
  { extensions = {}, ...answer }: SubgraphAnswer,
  isFirst: boolean,
): void {
  const { resumed, ...rest } = extensions;
  const isNews = isFirst || resumed !== true;
  if (extensions.opening === undefined)
    listener.next({ answer, extensions: isNews ? extensions : rest, answers: new Map() });
  else if (isNews) listener.opened(extensions);
}

/** Whether a subgraph may answer differently soon, at another place or with more patience. */
function isPassing(error: SubgraphError | undefined): boolean {
  const code = error?.extensions?.['code'];
  return (
    code === 'SUBGRAPH_UNAVAILABLE' ||
    code === 'UNAVAILABLE' ||
    error?.extensions?.['reason'] === 'SUBSCRIPTION_OVERFLOW'
  );
}

function errorOf(cause: unknown): SubgraphError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const extensions =
    typeof cause === 'object' && cause !== null && 'extensions' in cause ? cause.extensions : undefined;
  return typeof extensions === 'object' && extensions !== null
    ? { message, extensions: { ...extensions }, cause }
    : { message, cause };
}
