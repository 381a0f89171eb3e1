import { accepted, type Decision, refused, userError } from '../../../platform/errors.ts';
import type { Caller } from '../../../platform/identity/identity.ts';
import type { OfflineSaleInput, SubmitOfflineSalesInput } from '../domain/offline-sale.ts';
import type { OrderUserErrorValue, SellingChannel } from '../domain/price-lines.ts';
import { tillChannel } from '../domain/till-channel.ts';
import type { Room } from '../room.ts';
import { type Articles, askArticles } from './ask-articles.ts';
import { askChannels } from './ask-channels.ts';
import { askPlaces } from './ask-places.ts';
import { unavailable } from './place.ts';

interface SaleContext {
  readonly channel: SellingChannel;
  readonly variants: Articles['variants'];
}

/** What the siblings know of the place, the channels and the articles of a batch, asked once for all of its sales. */
export interface Shop {
  of(sale: OfflineSaleInput): Decision<SaleContext, OrderUserErrorValue>;
}

/** Asks for sales that are to be recorded; when there are none, nobody is asked. A sibling that is silent is a reason for each of them. */
export async function askShop(
  { siblings }: Room,
  input: SubmitOfflineSalesInput,
  fresh: readonly { readonly sale: OfflineSaleInput }[],
  caller: Caller,
): Promise<Shop> {
  if (fresh.length === 0)
    return {
      of() {
        throw new Error('nobody was asked: an order stood for every sale');
      },
    };
  try {
    const { locationId } = input;
    const [places, channels] = await Promise.all([
      askPlaces(siblings.inventory, [locationId], caller),
      askChannels(siblings.product, caller),
    ]);
    if (!places.has(locationId)) {
      const field = ['input', 'locationId'];
      const unknown = userError('LOCATION_UNKNOWN', `There is no place ${locationId}.`, { field });
      return { of: () => refused(unknown) };
    }
    const channelOf = (sale: OfflineSaleInput) =>
      tillChannel(channels, {
        channelId: input.channelId ?? null,
        currencyCode: sale.total.currencyCode,
      });
    const byChannel = new Map<string, Articles['variants']>();
    const wanted = Map.groupBy(fresh, ({ sale }) => {
      const channel = channelOf(sale);
      return channel.ok ? channel.value.id : null;
    });
    for (const [channelId, sales] of wanted) {
      if (channelId === null) continue;
      const variantIds = sales.flatMap(({ sale }) => sale.lines.map((line) => line.variantId));
      const { variants } = await askArticles(siblings.product, channelId, variantIds, caller);
      byChannel.set(channelId, asSold(variants));
    }
    return {
      of(sale) {
        const channel = channelOf(sale);
        if (!channel.ok) return channel;
        return accepted({ channel: channel.value, variants: byChannel.get(channel.value.id) ?? new Map() });
      },
    };
  } catch (error) {
    const silent = unavailable(error);
    return { of: () => refused(silent) };
  }
}

/** What is not sold any more was sold all the same. */
function asSold(variants: Articles['variants']): Articles['variants'] {
  return new Map([...variants].map(([id, variant]) => [id, { ...variant, salable: true }]));
}
