import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';

describe('settings', () => {
  it('start a sandbox on loopback when nothing is set', () => {
    expect(readSettings({})).toMatchObject({
      PORT: 4000,
      HOST: '127.0.0.1',
      DATA_DIR: '.data',
      sandbox: true,
      GATEWAY_ENGINE: 'own',
      GATEWAY_PLANNER: 'hive',
    });
  });

  it('name each wrong one with an example', () => {
    expect(() => readSettings({ PORT: 'abc', MONGODB_URI: 'localhost', LOG_LEVEL: 'loud' })).toThrow(
      /PORT must be a port number[\s\S]*MONGODB_URI must be a MongoDB address, such as[\s\S]*LOG_LEVEL must be one of/,
    );
  });

  it('refuse to be reachable from outside without an identity provider', () => {
    expect(() => readSettings({ HOST: '0.0.0.0' })).toThrow(
      /AUTH_JWKS_URL is needed when HOST is 0\.0\.0\.0/,
    );
  });

  it('want all of an identity provider or nothing', () => {
    expect(() => readSettings({ AUTH_JWKS_URL: 'https://id.example.org/jwks' })).toThrow(/belong together/);
  });

  it('want all of a Tryton, and name what is missing with an example', () => {
    const tryton = { ERP_CONNECTOR: 'tryton', ERP_URL: 'http://127.0.0.1:8000', ERP_USER: 'commerce' };
    expect(() => readSettings(tryton)).toThrow(
      /ERP_DATABASE is needed with ERP_CONNECTOR=tryton, such as ERP_DATABASE=company\n\s+ERP_PASSWORD is needed/,
    );
    expect(
      readSettings({ ...tryton, ERP_DATABASE: 'tea', ERP_PASSWORD: 'secret', ERP_STORES: 'ST1,ST2' }),
    ).toMatchObject({ ERP_STORES: ['ST1', 'ST2'] });
    expect(() => readSettings({ ERP_CONNECTOR: 'sap' })).toThrow(/ERP_CONNECTOR must be sandbox or tryton/);
  });

  it('want to know which places a warehouse serves, and name them when they are missing', () => {
    expect(readSettings({ WMS_LOCATIONS: 'DC1,DC2' })).toMatchObject({ WMS_LOCATIONS: ['DC1', 'DC2'] });
    expect(() => readSettings({ WMS_URL: 'http://127.0.0.1:4093' })).toThrow(
      /WMS_LOCATIONS is needed with WMS_URL, such as WMS_LOCATIONS=DC1,DC2/,
    );
    expect(() => readSettings({ WMS_LOCATIONS: 'DC1, DC2' })).toThrow(
      /WMS_LOCATIONS must be codes of places/,
    );
  });

  it('are no sandbox once an identity provider is configured', () => {
    const provider = {
      AUTH_JWKS_URL: 'https://id.example.org/jwks',
      AUTH_ISSUER: 'https://id.example.org/',
      AUTH_AUDIENCE: 'graph',
    };
    expect(readSettings({ ...provider, HOST: '0.0.0.0' })).toMatchObject({ sandbox: false });
  });
});
