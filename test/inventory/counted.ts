import type { CommandStartedEvent, MongoClient } from 'mongodb';
import type { Connector } from '../../connectors/port.ts';

const STOCK = new Set(['levels', 'items', 'supplies', 'locations']);

/**
 * Tells of each command about stock that is sent to the store, as `find levels`. The connection must have been made with
 * `monitorCommands=true`. What is sent in transactions does not count: what compares levels with their ledger looks there, answers never do.
 */
export function onStockCommand(client: Pick<MongoClient, 'on'>, told: (command: string) => void): void {
  client.on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
    if (command['txnNumber'] !== undefined) return;
    const collection = String(command[commandName]);
    if (STOCK.has(collection)) told(`${commandName} ${collection}`);
  });
}

/** The same connector, each of whose calls is told first, by the name of the call. */
export function counted(system: Connector, called: (name: string) => void): Connector {
  return {
    ...system,
    async readChanges(...args) {
      called('readChanges');
      return system.readChanges(...args);
    },
    async createDocument(...args) {
      called('createDocument');
      return system.createDocument(...args);
    },
    async findDocument(...args) {
      called('findDocument');
      return system.findDocument(...args);
    },
    async ping(signal) {
      called('ping');
      return system.ping(signal);
    },
  };
}
