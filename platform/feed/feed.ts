/** A page of a feed, in the shape every connector's `readChanges` answers. */
export interface FeedPage<T> {
  readonly changes: readonly FeedChange<T>[];
  readonly cursor: string;
  readonly more: boolean;
}

/** A record as it stands after a change, or the reason why it could not be read. */
export interface FeedChange<T> {
  readonly eventId: string;
  readonly occurredAt: string;
  readonly record?: T | undefined;
  readonly rejected?: FeedRejection | undefined;
}

export interface FeedRejection {
  readonly code: string;
  readonly message: string;
  readonly field?: readonly string[] | undefined;
  /** What names the record in its feed, where that could be read: a good record of the same name, told later, ends the matter. */
  readonly key?: string | undefined;
  /** What came in, for the person who has to mend it. */
  readonly raw: string;
}

/** A change whose record could be read. */
export interface GoodChange<T> extends FeedChange<T> {
  readonly record: T;
}
