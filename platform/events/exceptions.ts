import type { ClientSession } from 'mongoose';
import { z } from 'zod';
import type { Events } from './events.ts';

/** The types of the events by which a room has work for people raised or closed. */
export const EXCEPTION_RAISED = 'businessException.raised';
export const EXCEPTION_CLEARED = 'businessException.cleared';

/** What a room reports: something a person has to look after, in business words. */
export const reportedExceptionSchema = z.object({
  /** One of the kinds of the graph's BusinessExceptionKind. */
  kind: z.string(),
  /** What it is about; of one kind and subject one exception is open at a time. */
  subjectId: z.string().min(1),
  /** What went wrong, with both sides when two do not agree. */
  detail: z.string().max(2_000),
  ownerTeam: z.string().min(1),
  audience: z.enum(['BUSINESS', 'TECHNICAL']),
  severity: z.enum(['HIGH', 'MEDIUM']),
});
export type ReportedException = z.infer<typeof reportedExceptionSchema>;

export const clearedExceptionSchema = reportedExceptionSchema.pick({ kind: true, subjectId: true });

interface Reporter {
  readonly events: Events;
  /** `/subgraphs/finance`. */
  readonly source: string;
  readonly correlationId: string;
}

/** Has an exception raised, in the transaction of the finding. Reporting it again while it is open changes nothing. */
export function reportException(
  session: ClientSession,
  { events, source, correlationId }: Reporter,
  exception: ReportedException,
): Promise<void> {
  return events.publish(session, {
    source,
    type: EXCEPTION_RAISED,
    subject: exception.subjectId,
    correlationId,
    data: exception,
  });
}

/** Has the open exception of a kind and subject closed: its cause is gone. */
export function clearException(
  session: ClientSession,
  { events, source, correlationId }: Reporter,
  about: Pick<ReportedException, 'kind' | 'subjectId'>,
): Promise<void> {
  return events.publish(session, {
    source,
    type: EXCEPTION_CLEARED,
    subject: about.subjectId,
    correlationId,
    data: about,
  });
}
