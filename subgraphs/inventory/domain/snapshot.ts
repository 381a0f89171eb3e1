/** A snapshot: whose it is, which one, and what it is of. */
export interface SnapshotHead {
  readonly sourceSystem: string;
  /** The source's own number of it: the same number for the same place is the same snapshot, however often it is sent. */
  readonly sourceSequence: string;
  readonly locationId: string;
  readonly asOf: Date;
  readonly url: string;
}

/** What became of the rows of a snapshot; each row is in one of the three. */
export interface SnapshotReport {
  /** The books were changed by them. */
  readonly acceptedRows: number;
  /** The books agreed already: nothing was written. */
  readonly unchangedRows: number;
  /** They could not be taken; the first thousand are in quarantine with their reasons. */
  readonly rejectedRows: number;
}

/** Applies whole snapshots of what lies at a place, beside everything else that goes on. */
export interface SnapshotIngestion {
  /**
   * Reads and applies a snapshot; a second call for one that is under way in this process waits for the same. Rejects with
   * `SnapshotUnreadable` when there are no rows to be had; what was applied until then stays, and doing it again is harmless.
   */
  ingest(head: SnapshotHead): Promise<SnapshotReport>;
  /** Gives up what is under way after the rows in hand. */
  stop(): Promise<void>;
}
