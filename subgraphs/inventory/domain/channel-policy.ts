import { idFromKey } from '../../../platform/ids.ts';
import type { LocationKind } from './location.ts';

/** What one channel may promise of what there is. Figures are whole base units of one variant at one place. */
export interface ChannelPolicy {
  /** Kept from this channel at places of a kind, for customers who stand in front of the shelf and for miscounts. Default: none. */
  readonly bufferUnits: Readonly<Partial<Record<LocationKind, number>>>;
  /** At and below this many units a shopper is told that there is little left. Default 5. */
  readonly lowStockUnits: number;
  /** How many units more than there are may be sold at places that send parcels. Default 0: none. */
  readonly backorderUnits: number;
  /** Whether goods that are expected may be sold before they are there. Default no. */
  readonly sellsExpectedSupply: boolean;
  /** Supply that is expected later than this is not sold yet. Default 90 days. */
  readonly supplyHorizonDays: number;
  /** What a place that cannot be reached may still be counted on for. Default: what is over 2 units. */
  readonly whenOffline: OfflineRule;
  /** How long a place needs to make an order ready for collection, while it is open. Default 120. */
  readonly pickupLeadMinutes: number;
}

/**
 * A store whose line is down goes on selling from its shelf, and nobody sees it. `KEEP_BACK` promises what is over so many units,
 * beside the buffer; `STOP` promises nothing from there.
 */
export type OfflineRule = { readonly rule: 'KEEP_BACK'; readonly units: number } | { readonly rule: 'STOP' };

export const DEFAULT_POLICY: ChannelPolicy = {
  bufferUnits: {},
  lowStockUnits: 5,
  backorderUnits: 0,
  sellsExpectedSupply: false,
  supplyHorizonDays: 90,
  whenOffline: { rule: 'KEEP_BACK', units: 2 },
  pickupLeadMinutes: 120,
};

/** The policy of a channel, by the channel's id. */
export type PolicyOf = (channelId: string) => ChannelPolicy;

/** Policies by channel code; what a channel does not say is as the default says. */
export function channelPolicies(byCode: Readonly<Record<string, Partial<ChannelPolicy>>> = {}): PolicyOf {
  const byId = new Map(
    Object.entries(byCode).map(([code, policy]) => [
      idFromKey('channel', code),
      { ...DEFAULT_POLICY, ...policy },
    ]),
  );
  return (channelId) => byId.get(channelId) ?? DEFAULT_POLICY;
}
