import { createWriteGuard, type Ownership, withinOwnership } from '../connectors/ownership.ts';
import type { Connector } from '../connectors/port.ts';
import { createSandboxCarrierConnector } from '../connectors/sandbox/sandbox-carrier.ts';
import { createSandboxErpConnector } from '../connectors/sandbox/sandbox-erp.ts';
import { createSandboxPaymentsConnector } from '../connectors/sandbox/sandbox-payments.ts';
import { createSandboxTaxConnector } from '../connectors/sandbox/sandbox-tax.ts';
import { createSandboxWmsConnector } from '../connectors/sandbox/sandbox-wms.ts';
import { createTrytonConnector } from '../connectors/tryton/tryton-connector.ts';
import type { Integration } from '../platform/integration.ts';
import { readOwnership } from './ownership.ts';
import type { Systems } from './subgraphs.ts';
import type {
  CarrierAddress,
  ErpAddress,
  PaymentsAddress,
  SandboxErpAddress,
  TaxAddress,
  WmsAddress,
} from './system-addresses.ts';

/** Connects the systems of record and tells operations that they are there. */
export async function connectSystems(options: {
  /** A sandbox ERP, unless it says otherwise. */
  erp: ErpAddress | Omit<SandboxErpAddress, 'connector'>;
  payments: PaymentsAddress;
  /** Null or missing: orders show no tax. */
  tax?: TaxAddress | null;
  /** Null or missing: no warehouse system, people do the work of every place. */
  wms?: WmsAddress | null;
  /** Null or missing: nobody tells where parcels are. */
  carrier?: CarrierAddress | null;
  /** Null or missing: nothing comes as files. */
  files?: Connector | null;
  integration: Integration;
  /** Default: what comes with the app. */
  ownership?: Ownership;
}): Promise<Systems & { close(): Promise<void> }> {
  const { ownership = readOwnership() } = options;
  const erp = withinOwnership(connectErp(options.erp), ownership);
  const payments = withinOwnership(createSandboxPaymentsConnector(options.payments), ownership);
  const tax = options.tax ? withinOwnership(createSandboxTaxConnector(options.tax), ownership) : null;
  const wms = options.wms ? withinOwnership(createSandboxWmsConnector(options.wms), ownership) : null;
  const carrier = options.carrier
    ? withinOwnership(createSandboxCarrierConnector(options.carrier), ownership)
    : null;
  const files = options.files ? withinOwnership(options.files, ownership) : null;
  const connectors = [erp, payments, tax, wms, carrier, files].filter((connector) => connector !== null);
  for (const connector of connectors) {
    connector.onBudget?.((budget) => options.integration.rates.heed(connector.system, budget));
    await options.integration.health.register({
      _id: connector.system,
      connector: connector.connector,
      kind: connector.kind,
      owns: owned(connector),
      conformance: 'passes the connector conformance suite',
    });
  }
  return {
    erp,
    payments,
    writes: createWriteGuard(ownership),
    otherSystems: files === null ? [] : [files],
    ...(tax === null ? {} : { tax }),
    ...(wms === null || !options.wms
      ? {}
      : { warehouse: { connector: wms, locationCodes: options.wms.locationCodes } }),
    ...(carrier === null || !options.carrier
      ? {}
      : { carrier: { connector: carrier, name: options.carrier.name } }),
    async close() {
      await Promise.all(connectors.map((connector) => connector.close()));
    },
  };
}

function connectErp(address: ErpAddress | Omit<SandboxErpAddress, 'connector'>): Connector {
  return 'connector' in address && address.connector === 'tryton'
    ? createTrytonConnector(address)
    : createSandboxErpConnector(address);
}

/** What a system is the record of: the feeds we read from it and the documents we create in it. */
function owned({ capabilities }: Connector): string[] {
  return [...Object.keys(capabilities.feeds), ...Object.keys(capabilities.documents)];
}
