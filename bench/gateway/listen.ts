import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on a free port of this machine and answers with the address. */
export function listen(server: Server): Promise<string> {
  // The load's connections rest while other gateways have their turn.
  server.keepAliveTimeout = 600_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo; // a TCP server that listens has one
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}
