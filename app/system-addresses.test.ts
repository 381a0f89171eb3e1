import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';
import { missingSystems, systemAddresses } from './system-addresses.ts';

const stand = {
  erpUrl: 'http://erp',
  paymentsUrl: 'http://payments',
  taxUrl: 'http://tax',
  wmsUrl: 'http://wms',
  carrierUrl: 'http://carrier',
};
const secrets = { token: 'a-token', pushSecret: 'a-secret' };
const TRYTON = {
  ERP_CONNECTOR: 'tryton',
  ERP_URL: 'http://127.0.0.1:8000',
  ERP_DATABASE: 'tea',
  ERP_USER: 'commerce',
  ERP_PASSWORD: 'secret',
};
const PROVIDER = {
  AUTH_JWKS_URL: 'https://id.example.org/jwks',
  AUTH_ISSUER: 'https://id.example.org/',
  AUTH_AUDIENCE: 'graph',
};

describe('the carrier', () => {
  it('given its name alone, then one is stood in for; given nothing, then there is none', () => {
    expect(systemAddresses(readSettings({}), stand, secrets).carrier).toBeNull();
    expect(systemAddresses(readSettings({ CARRIER_NAME: 'DHL' }), stand, secrets).carrier).toEqual({
      url: 'http://carrier',
      token: 'a-token',
      name: 'DHL',
      webhookSecrets: ['a-secret'],
    });
    expect(() => readSettings({ CARRIER_URL: 'http://10.0.0.7' })).toThrow(
      /CARRIER_NAME is needed with CARRIER_URL/,
    );
  });
});

describe('the tax system', () => {
  it('given none is named, then one is stood in for where systems are made up, and there is none in earnest', () => {
    expect(systemAddresses(readSettings({}), stand, secrets).tax).toEqual({
      url: 'http://tax',
      token: 'a-token',
    });
    const earnest = readSettings({
      ...PROVIDER,
      ...TRYTON,
      PAYMENTS_URL: 'http://10.0.0.8',
      PAYMENTS_TOKEN: 'theirs',
    });
    expect(missingSystems(earnest).tax).toBe(false);
    expect(systemAddresses(earnest, null, secrets).tax).toBeNull();
  });

  it('given one that is there, then it is used, and its token is needed', () => {
    const theirs = { TAX_URL: 'http://10.0.0.9', TAX_TOKEN: 'theirs' };
    expect(systemAddresses(readSettings(theirs), stand, secrets).tax).toEqual({
      url: 'http://10.0.0.9',
      token: 'theirs',
    });
    expect(() => systemAddresses(readSettings({ TAX_URL: 'http://10.0.0.9' }), stand, secrets)).toThrow(
      /TAX_TOKEN is needed here/,
    );
  });
});

describe('the warehouse system', () => {
  it('given no place that it serves, then there is none', () => {
    const settings = readSettings({});
    expect(missingSystems(settings).wms).toBe(false);
    expect(systemAddresses(settings, stand, secrets).wms).toBeNull();
  });

  it('given only places, then one is stood in for, and pushes', () => {
    const settings = readSettings({ WMS_LOCATIONS: 'DC1' });
    expect(missingSystems(settings).wms).toBe(true);
    expect(systemAddresses(settings, stand, secrets).wms).toEqual({
      url: 'http://wms',
      token: 'a-token',
      locationCodes: ['DC1'],
      webhookSecrets: ['a-secret'],
    });
  });

  it('given one that is there, then it is used', () => {
    const settings = readSettings({
      WMS_LOCATIONS: 'DC1',
      WMS_URL: 'http://10.0.0.7:4093',
      WMS_TOKEN: 'theirs',
    });
    expect(missingSystems(settings).wms).toBe(false);
    expect(systemAddresses(settings, stand, secrets).wms).toEqual({
      url: 'http://10.0.0.7:4093',
      token: 'theirs',
      locationCodes: ['DC1'],
    });
  });

  it('given a shop in earnest, then none is made up', () => {
    const settings = readSettings({
      ...PROVIDER,
      ...TRYTON,
      WMS_LOCATIONS: 'DC1',
      PAYMENTS_URL: 'http://10.0.0.8',
      PAYMENTS_TOKEN: 'theirs',
    });
    expect(missingSystems(settings).wms).toBe(false);
    expect(() => systemAddresses(settings, null, secrets)).toThrow(/WMS_URL is needed here/);
  });
});
