import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import type { SellingChannel } from './price-lines.ts';

/** How the channels of tills are named, where a currency has several channels. */
const TILL_PREFIX = 'pos-';

/**
 * The channel of a till's sales: the one it names, else the only one in the sale's currency, and of several the only one whose code
 * begins with `pos-`. Refuses with CHANNEL_UNKNOWN, or with CHANNEL_REQUIRED where that does not decide.
 */
export function tillChannel(
  channels: readonly SellingChannel[],
  wanted: { readonly channelId: string | null; readonly currencyCode: string },
): Decision<SellingChannel> {
  const field = ['input', 'channelId'];
  const { channelId, currencyCode } = wanted;
  if (channelId !== null) {
    const named = channels.find(({ id }) => id === channelId);
    return named === undefined
      ? refused(userError('CHANNEL_UNKNOWN', `There is no channel ${channelId}.`, { field }))
      : accepted(named);
  }
  const inCurrency = channels.filter(({ defaultCurrency }) => defaultCurrency === currencyCode);
  const ofTills = inCurrency.filter(({ code }) => code.startsWith(TILL_PREFIX));
  const [only, ...others] = inCurrency.length > 1 ? ofTills : inCurrency;
  if (only !== undefined && others.length === 0) return accepted(only);
  const codes = (ofTills.length > 1 ? ofTills : inCurrency).map(({ code }) => code).join(', ');
  return refused(
    userError(
      'CHANNEL_REQUIRED',
      `Name the channel: these sell in ${currencyCode}: ${codes === '' ? 'none' : codes}.`,
      { field },
    ),
  );
}
