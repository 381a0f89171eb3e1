import type { Difference } from './compare.ts';

/**
 * - `MISSING`: we were told that the system has it, and it has not.
 * - `UNKNOWN`: the system has one that we should know, and we do not.
 * - `DIFFERENT`: both have it and do not agree; another number means that the system has two.
 */
export type Verdict = 'MISSING' | 'UNKNOWN' | 'DIFFERENT';

/** One document on which a system of record and we do not agree. */
export interface FindingRecord {
  /** `system|kind|reference`: a document is found once, however often it is compared. */
  _id: string;
  system: string;
  kind: string;
  reference: string;
  /** Our own id of it, the system's number when we have none. */
  subjectId: string;
  verdict: Verdict;
  differences: Difference[];
  foundAt: Date;
  /** Whether people were told: not before it was found twice, where a difference may be news that is on its way to us. */
  told: boolean;
  /** When the system was last asked about it: those that have waited longest come first. */
  lookedAt: Date;
  /** When a later comparison found both sides agreed. */
  resolvedAt: Date | null;
}

export type Finding = Pick<FindingRecord, 'reference' | 'subjectId' | 'verdict' | 'differences'>;
