import type { Long } from 'bson';
import type { ResumeToken } from '../changes/position.ts';

/** The `cursor` field of a reply: encoded documents, and the id to ask for more with (zero when there is no more). */
export class CursorBatch {
  readonly id: Long;
  readonly namespace: string;
  readonly first: boolean;
  readonly documents: readonly Uint8Array[];
  readonly resumeToken: ResumeToken | undefined;

  constructor(
    id: Long,
    namespace: string,
    first: boolean,
    documents: readonly Uint8Array[],
    resumeToken?: ResumeToken,
  ) {
    this.id = id;
    this.namespace = namespace;
    this.first = first;
    this.documents = documents;
    this.resumeToken = resumeToken;
  }
}
