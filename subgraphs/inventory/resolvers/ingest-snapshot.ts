import { SnapshotUnreadable } from '../../../connectors/csv/snapshot-files.ts';
import { accepted, GraphError, userError } from '../../../platform/errors.ts';
import type { Intent, IntentOutcome } from '../../../platform/idempotency/idempotency.ts';
import { hasScope } from '../../../platform/identity/identity.ts';
import type { SnapshotReport } from '../domain/snapshot.ts';
import { type InventoryUserError, locationUnknown } from '../domain/user-error.ts';
import type { IngestInventorySnapshotInput, MutationResolvers } from '../generated.ts';
import type { Room } from '../room.ts';

type Payload = IntentOutcome<SnapshotReport>;

/**
 * Sets the books of a place right by a file of what lies there. It may take longer than a caller waits: then it goes on, and the same
 * intent sent again is told of its end.
 */
export function ingestInventorySnapshot(
  room: Room,
): NonNullable<MutationResolvers['ingestInventorySnapshot']> {
  const { store, clock, snapshots } = room;
  return async (_, { input }, { caller: { identity, deadlineMs } }) => {
    if (!hasScope(identity, 'inventory:adjust'))
      throw new GraphError('FORBIDDEN', 'setting stock right needs the scope inventory:adjust');
    const intent: Intent = {
      identity,
      mutation: 'ingestInventorySnapshot',
      key: input.idempotencyKey,
      input,
    };
    const known = await store.idempotency.recall<SnapshotReport>(intent);
    if (known !== null) return payloadOf(known);
    const [wrong = problemOf(room, input)] = room.writes(identity, {
      'InventoryLevel.quantities': ['input'],
    });
    if (wrong !== null) return payloadOf({ done: false, errors: [wrong] });
    const { sourceSystem, sourceSequence, locationId, asOf, url } = input;
    const work = snapshots.ingestion
      .ingest({ sourceSystem, sourceSequence, locationId, asOf: new Date(asOf), url })
      .then((report) => store.idempotency.once(intent, async () => accepted(report)))
      .catch(refusedIfUnreadable);
    return payloadOf(await inTime(work, deadlineMs - clock.now().getTime(), room));
  };
}

function problemOf(
  { store, clock, snapshots }: Room,
  { locationId, asOf, url, sourceSequence, sourceSystem }: IngestInventorySnapshotInput,
): InventoryUserError | null {
  if (!store.locations.has(locationId)) return locationUnknown(['input', 'locationId']);
  if (new Date(asOf) > clock.now())
    return userError('AS_OF_IN_THE_FUTURE', 'A snapshot cannot be of a moment that is still to come.', {
      field: ['input', 'asOf'],
    });
  for (const [field, value] of Object.entries({ sourceSystem, sourceSequence }))
    if (value.trim() === '' || value.length > 120)
      return userError('SOURCE_INVALID', `${field} is 1 to 120 characters and not blank.`, {
        field: ['input', field],
      });
  if (!snapshots.files.allows(url)) {
    const { allowed } = snapshots.files;
    const what =
      allowed.length === 0
        ? 'This graph reads no snapshots from anywhere; SNAPSHOT_URLS would say from where.'
        : `Snapshots are read from addresses that begin with ${allowed.join(' or ')}.`;
    return userError('URL_NOT_ALLOWED', what, { field: ['input', 'url'] });
  }
  return null;
}

function refusedIfUnreadable(error: unknown): Payload {
  if (!(error instanceof SnapshotUnreadable)) throw error;
  const { message, retryable } = error;
  return {
    done: false,
    errors: [userError('SNAPSHOT_UNREADABLE', message, { field: ['input', 'url'], retryable })],
  };
}

/** Leaves its caller a moment to hear that it goes on. */
const MARGIN_MS = 500;

async function inTime(work: Promise<Payload>, leftMs: number, { clock }: Room): Promise<Payload> {
  const done = new AbortController();
  const late = clock.delay(Math.max(0, leftMs - MARGIN_MS), done.signal).then(() => null);
  try {
    const outcome = await Promise.race([work, late]);
    if (outcome !== null) return outcome;
    throw new GraphError(
      'DEADLINE_EXCEEDED',
      'the snapshot is still being applied; send the same request again to hear of its end',
      { retryable: true },
    );
  } finally {
    done.abort();
  }
}

function payloadOf(outcome: Payload) {
  if (!outcome.done)
    return {
      acceptedRows: 0,
      unchangedRows: 0,
      rejectedRows: 0,
      replayed: false,
      userErrors: [...outcome.errors],
    };
  return { ...outcome.value, replayed: outcome.replayed, userErrors: [] };
}
