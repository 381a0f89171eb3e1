import { z } from 'zod';
import { code, currencyCode, text } from './values.ts';

/** A way of selling with its own market and money: the web shop of a country, the tills, a marketplace. */
export interface ChannelRecord {
  code: string;
  name: string;
  /** The market it sells in, usually an ISO country code. */
  market: string;
  defaultCurrency: string;
  priceIncludesTax: boolean;
}

export const channelSchema = z.object({
  code,
  name: text,
  market: code,
  defaultCurrency: currencyCode,
  priceIncludesTax: z.boolean(),
}) satisfies z.ZodType<ChannelRecord, unknown>;
