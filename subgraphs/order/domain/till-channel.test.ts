import { expect, it } from 'vitest';
import { sampleChannel } from './order-sample.ts';
import { tillChannel } from './till-channel.ts';

const channel = (code: string, defaultCurrency = 'GBP') => ({
  ...sampleChannel,
  id: code,
  code,
  defaultCurrency,
});
const [web, pos, eu] = [channel('web-uk'), channel('pos-uk'), channel('web-eu', 'EUR')];

it.each([
  ['the one that is named', [web, pos, eu], 'web-uk', 'web-uk'],
  ['the only one in the currency', [pos, eu], null, 'pos-uk'],
  ['the only one of tills among several in the currency', [web, pos, eu], null, 'pos-uk'],
])('a till sells in %s', (_, channels, channelId, code) => {
  expect(tillChannel(channels, { channelId, currencyCode: 'GBP' })).toMatchObject({
    ok: true,
    value: { code },
  });
});

it.each([
  ['an unknown one is named', [web, pos], 'web-us', 'CHANNEL_UNKNOWN', 'web-us'],
  ['none sells in the currency', [eu], null, 'CHANNEL_REQUIRED', 'none'],
  ['several do, and none is of tills', [web, channel('app-uk')], null, 'CHANNEL_REQUIRED', 'web-uk, app-uk'],
  ['several of tills do', [web, pos, channel('pos-ni')], null, 'CHANNEL_REQUIRED', 'pos-uk, pos-ni'],
])('given %s, it has to be said', (_, channels, channelId, code, named) => {
  expect(tillChannel(channels, { channelId, currencyCode: 'GBP' })).toMatchObject({
    ok: false,
    errors: [{ code, field: ['input', 'channelId'], message: expect.stringContaining(named) }],
  });
});
