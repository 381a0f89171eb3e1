import type { TrytonOptions } from '../connectors/tryton/tryton-connector.ts';
import { required, type Settings } from './settings.ts';

export interface SandboxErpAddress {
  readonly connector: 'sandbox';
  readonly url: string;
  readonly token: string;
  readonly webhookSecrets?: readonly string[];
}

export type ErpAddress = SandboxErpAddress | ({ readonly connector: 'tryton' } & TrytonOptions);

export interface PaymentsAddress {
  readonly url: string;
  readonly token: string;
}

export interface TaxAddress {
  readonly url: string;
  readonly token: string;
}

export interface WmsAddress {
  readonly url: string;
  readonly token: string;
  /** The codes of the places whose work it does. */
  readonly locationCodes: readonly string[];
  readonly webhookSecrets?: readonly string[];
}

export interface CarrierAddress {
  readonly url: string;
  readonly token: string;
  /** What shipments call the carrier. */
  readonly name: string;
  readonly webhookSecrets?: readonly string[];
}

/** Where the systems of record are when they are not part of this process. Throws a SettingsError naming what is missing. */
export function configuredSystems(settings: Settings) {
  return {
    erp: configuredErp(settings),
    payments: configuredPayments(settings),
    tax: configuredTax(settings),
    wms: configuredWms(settings),
    carrier: configuredCarrier(settings),
  };
}

export function configuredErp(settings: Settings): ErpAddress {
  if (settings.ERP_CONNECTOR === 'tryton') {
    const { ERP_GUEST, ERP_JOURNAL, ERP_STORES } = settings;
    return {
      connector: 'tryton',
      url: required('ERP_URL', settings.ERP_URL, 'http://127.0.0.1:8000'),
      database: required('ERP_DATABASE', settings.ERP_DATABASE, 'company'),
      user: required('ERP_USER', settings.ERP_USER, 'commerce'),
      password: required('ERP_PASSWORD', settings.ERP_PASSWORD, 'the-password-of-that-user'),
      ...(ERP_STORES === undefined ? {} : { storeCodes: ERP_STORES }),
      ...(ERP_GUEST === undefined ? {} : { guestCode: ERP_GUEST }),
      ...(ERP_JOURNAL === undefined ? {} : { journalCode: ERP_JOURNAL }),
    };
  }
  return {
    connector: 'sandbox',
    url: required('ERP_URL', settings.ERP_URL, 'http://127.0.0.1:4090'),
    token: required('ERP_TOKEN', settings.ERP_TOKEN, 'the-token-of-the-erp'),
    ...(settings.ERP_WEBHOOK_SECRETS === undefined ? {} : { webhookSecrets: settings.ERP_WEBHOOK_SECRETS }),
  };
}

export function configuredPayments(settings: Settings): PaymentsAddress {
  return {
    url: required('PAYMENTS_URL', settings.PAYMENTS_URL, 'http://127.0.0.1:4091'),
    token: required('PAYMENTS_TOKEN', settings.PAYMENTS_TOKEN, 'the-token-of-the-provider'),
  };
}

/** Null: orders show no tax. */
export function configuredTax(settings: Settings): TaxAddress | null {
  if (settings.TAX_URL === undefined) return null;
  return {
    url: settings.TAX_URL,
    token: required('TAX_TOKEN', settings.TAX_TOKEN, 'the-token-of-the-tax-system'),
  };
}

/** Null: no place is served by a warehouse system. */
export function configuredWms(settings: Settings): WmsAddress | null {
  if (settings.WMS_LOCATIONS === undefined) return null;
  return {
    url: required('WMS_URL', settings.WMS_URL, 'http://127.0.0.1:4093'),
    token: required('WMS_TOKEN', settings.WMS_TOKEN, 'the-token-of-the-warehouse'),
    locationCodes: settings.WMS_LOCATIONS,
    ...(settings.WMS_WEBHOOK_SECRETS === undefined ? {} : { webhookSecrets: settings.WMS_WEBHOOK_SECRETS }),
  };
}

/** Null: nobody tells where parcels are. */
export function configuredCarrier(settings: Settings): CarrierAddress | null {
  const { CARRIER_NAME: name, CARRIER_WEBHOOK_SECRETS: webhookSecrets } = settings;
  if (name === undefined) return null;
  return {
    url: required('CARRIER_URL', settings.CARRIER_URL, 'http://127.0.0.1:4094'),
    token: required('CARRIER_TOKEN', settings.CARRIER_TOKEN, 'the-token-of-the-carrier'),
    name,
    ...(webhookSecrets === undefined ? {} : { webhookSecrets }),
  };
}

/** Which systems this process has to stand in for. In earnest none is made up for another that is there. */
export function missingSystems(settings: Settings): {
  readonly erp: boolean;
  readonly payments: boolean;
  readonly tax: boolean;
  readonly wms: boolean;
  readonly carrier: boolean;
} {
  const erp = settings.ERP_URL === undefined && settings.ERP_CONNECTOR === 'sandbox';
  const madeUp = erp || settings.sandbox;
  return {
    erp,
    payments: settings.PAYMENTS_URL === undefined && madeUp,
    tax: settings.TAX_URL === undefined && madeUp,
    wms: settings.WMS_LOCATIONS !== undefined && settings.WMS_URL === undefined && madeUp,
    carrier: settings.CARRIER_NAME !== undefined && settings.CARRIER_URL === undefined && madeUp,
  };
}

/** The configured systems, and stand-ins of this process for those that are missing. */
export function systemAddresses(
  settings: Settings,
  stand: Readonly<Record<'erpUrl' | 'paymentsUrl' | 'taxUrl' | 'wmsUrl' | 'carrierUrl', string>> | null,
  secrets: { readonly token: string; readonly pushSecret: string },
): {
  erp: ErpAddress;
  payments: PaymentsAddress;
  tax: TaxAddress | null;
  wms: WmsAddress | null;
  carrier: CarrierAddress | null;
} {
  const { token, pushSecret } = secrets;
  const missing = missingSystems(settings);
  return {
    erp:
      stand !== null && missing.erp
        ? { connector: 'sandbox', url: stand.erpUrl, token, webhookSecrets: [pushSecret] }
        : configuredErp(settings),
    payments:
      stand !== null && missing.payments ? { url: stand.paymentsUrl, token } : configuredPayments(settings),
    tax: stand !== null && missing.tax ? { url: stand.taxUrl, token } : configuredTax(settings),
    wms:
      stand !== null && missing.wms && settings.WMS_LOCATIONS !== undefined
        ? {
            url: stand.wmsUrl,
            token,
            locationCodes: settings.WMS_LOCATIONS,
            webhookSecrets: [pushSecret],
          }
        : configuredWms(settings),
    carrier:
      stand !== null && missing.carrier && settings.CARRIER_NAME !== undefined
        ? { url: stand.carrierUrl, token, name: settings.CARRIER_NAME, webhookSecrets: [pushSecret] }
        : configuredCarrier(settings),
  };
}
