import type { GraphQLError } from 'graphql';
import type { Clock } from '../../platform/clock.ts';
import type { Identity } from '../../platform/identity/identity.ts';
import { codedError } from '../errors.ts';
import type { LiveSubscription } from './subscribe.ts';

/** A timer cannot be longer than this; a later end is waited for in pieces. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Ends a subscription when the token it was opened with ends; returns when `ended` aborts. */
export async function expireWithToken(
  subscription: LiveSubscription,
  identity: Identity,
  clock: Clock,
  ended: AbortSignal,
): Promise<void> {
  const endMs = Date.parse(identity.expiresAt ?? '');
  if (Number.isNaN(endMs)) return;
  while (!ended.aborted) {
    const leftMs = endMs - clock.now().getTime();
    if (leftMs <= 0) return subscription.expire(tokenOver());
    await clock.delay(Math.min(leftMs, LONGEST_DELAY_MS), ended);
  }
}

export function isOver(identity: Identity, clock: Clock): boolean {
  return identity.expiresAt !== undefined && Date.parse(identity.expiresAt) <= clock.now().getTime();
}

export function tokenOver(): GraphQLError {
  return codedError('UNAUTHENTICATED', 'the token has expired; connect again with a new one');
}
