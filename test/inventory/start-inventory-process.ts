import type { InventoryDependencies } from '../../subgraphs/inventory/index.ts';
import { startProcess } from '../kit/house.ts';

export interface InventoryProcessSettings {
  readonly uri: string;
  readonly databasePrefix: string;
  readonly engine?: 'own' | 'apollo';
  readonly maxStalenessMs?: number;
  /** By channel code. */
  readonly channelPolicies?: InventoryDependencies['channelPolicies'];
  /** Whether `GET /costs` tells what answers have cost: `ProcessCosts`. It makes every command of the store a little dearer. */
  readonly tellsCosts?: boolean;
  /** Beginnings of addresses that snapshots may be read from. */
  readonly snapshotsFrom?: readonly string[];
}

/** What a process has asked of others since it began. */
export interface ProcessCosts {
  /** Commands about stock sent to the store. */
  readonly storeReads: number;
  /** Calls to the system of record by name; `readChanges` polls its feeds, whoever asks what. */
  readonly erpCalls: Readonly<Record<string, number>>;
}

export interface InventoryProcess {
  readonly url: string;
  send(signal: NodeJS.Signals): void;
  stop(): Promise<unknown>;
  kill(): Promise<void>;
}

/** Inventory and a gateway in a process of their own, on a store that is there; any token is believed to be staff's. */
export async function startInventoryProcess(settings: InventoryProcessSettings): Promise<InventoryProcess> {
  const { NODE_OPTIONS: _, ...environment } = process.env;
  const started = await startProcess(
    ['test/inventory/inventory-process.ts', JSON.stringify(settings)],
    { ...environment, NODE_ENV: 'production' },
    /ready at (\S+)\n/,
  );
  return { url: started.match, ...started };
}
