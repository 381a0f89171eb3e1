import {
  accepted,
  type Decision,
  refused,
  type UserErrorValue,
  userError,
} from '../../../platform/errors.ts';

export type ConsentPurpose = 'MARKETING' | 'PERSONALIZATION' | 'ANALYTICS' | 'SALE_OF_DATA';
export type ConsentState = 'GRANTED' | 'DENIED' | 'WITHDRAWN' | 'EXPIRED' | 'UNKNOWN';

/** One answer of a customer. Answers are added, never changed: the last one holds and all of them are evidence. */
export interface Consent {
  readonly id: string;
  readonly customerId: string;
  readonly purpose: ConsentPurpose;
  readonly channel: string;
  readonly state: ConsentState;
  readonly recordedAt: Date;
  readonly sourceSystem: string;
  readonly evidence: string;
  readonly jurisdiction: string | null;
}

export interface ConsentWish {
  readonly purpose: ConsentPurpose;
  readonly channel: string;
  readonly state: ConsentState;
  readonly evidence: string;
}

/** Time and silence make the other two; a person says one of these. */
const SPOKEN: readonly ConsentState[] = ['GRANTED', 'DENIED', 'WITHDRAWN'];
const MAX_CHANNEL_LENGTH = 60;
const MAX_EVIDENCE_LENGTH = 2_000;

/** The answer as it is written down, or what is wrong with it. */
export function consentFrom(
  wish: ConsentWish,
  circumstances: Pick<Consent, 'id' | 'customerId' | 'recordedAt' | 'sourceSystem' | 'jurisdiction'>,
): Decision<Consent> {
  // One spelling a channel: a consent for `Email` must be found by whoever asks for `email`.
  const channel = wish.channel.trim().toLowerCase();
  const evidence = wish.evidence.trim();
  const errors: UserErrorValue[] = [];
  if (channel === '' || channel.length > MAX_CHANNEL_LENGTH)
    errors.push(
      userError('CHANNEL_INVALID', `A channel is 1 to ${MAX_CHANNEL_LENGTH} characters and not blank.`, {
        field: ['input', 'channel'],
      }),
    );
  if (!SPOKEN.includes(wish.state))
    errors.push(
      userError('STATE_INVALID', `A customer says one of ${SPOKEN.join(', ')}.`, {
        field: ['input', 'state'],
      }),
    );
  if (evidence === '' || evidence.length > MAX_EVIDENCE_LENGTH)
    errors.push(
      userError('EVIDENCE_INVALID', `Evidence is 1 to ${MAX_EVIDENCE_LENGTH} characters and not blank.`, {
        field: ['input', 'evidence'],
      }),
    );
  if (errors.length > 0) return refused(...errors);
  return accepted({ ...circumstances, purpose: wish.purpose, channel, state: wish.state, evidence });
}

/** What holds now of all answers ever given: the last one for each purpose and channel, by purpose and channel. */
export function consentsThatHold(answers: readonly Consent[]): Consent[] {
  const inOrder = answers.toSorted(
    (left, right) => left.recordedAt.getTime() - right.recordedAt.getTime() || (left.id < right.id ? -1 : 1),
  );
  const last = new Map(inOrder.map((answer) => [`${answer.purpose} ${answer.channel}`, answer]));
  return [...last].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, answer]) => answer);
}
