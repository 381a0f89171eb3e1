import type { Long, Timestamp } from 'bson';
import type { ResumeToken } from '../changes/position.ts';

/** The `cursor` field of a reply: encoded documents, and the id to ask for more with (zero when there is no more). */
export class CursorBatch {
  readonly id: Long;
  readonly namespace: string;
  readonly first: boolean;
  readonly documents: readonly Uint8Array[];
  readonly resumeToken: ResumeToken | undefined;
  /** The time of the snapshot that was read, when one was asked for. */
  readonly atClusterTime: Timestamp | undefined;

  constructor(
    id: Long,
    namespace: string,
    first: boolean,
    documents: readonly Uint8Array[],
    resumeToken?: ResumeToken,
    atClusterTime?: Timestamp,
  ) {
    this.id = id;
    this.namespace = namespace;
    this.first = first;
    this.documents = documents;
    this.resumeToken = resumeToken;
    this.atClusterTime = atClusterTime;
  }

  asOf(time: Timestamp): CursorBatch {
    return new CursorBatch(this.id, this.namespace, this.first, this.documents, this.resumeToken, time);
  }
}
