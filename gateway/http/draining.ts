import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../platform/clock.ts';

/** How a server of node:http comes to its end. */
export interface Draining {
  readonly begun: boolean;
  /** Takes no new connections, lets running requests end, and after `timeoutMs` cuts off what is left. */
  drain(timeoutMs: number): Promise<void>;
}

/** Call it before the server listens. Connections that were upgraded are no longer the server's: whoever took them closes them. */
export function createDraining(server: Server, clock: Clock): Draining {
  let begun = false;
  // Connections without a request. Node's own idea of idle leaves out those that were opened and never used, and would wait for them.
  const idle = new Set<Socket>();

  server.on('connection', (socket) => {
    idle.add(socket);
    socket.once('close', () => idle.delete(socket));
  });
  server.prependListener('request', (request, response) => {
    if (begun) response.setHeader('connection', 'close');
    idle.delete(request.socket);
    response.once('close', () => {
      if (begun) request.socket.destroySoon();
      else if (!request.socket.destroyed) idle.add(request.socket);
    });
  });
  server.prependListener('upgrade', (request) => idle.delete(request.socket));

  return {
    get begun() {
      return begun;
    },
    async drain(timeoutMs) {
      begun = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of idle) socket.destroy();
      const patience = new AbortController();
      await Promise.race([closed, clock.delay(timeoutMs, patience.signal)]);
      patience.abort();
      server.closeAllConnections();
      await closed;
    },
  };
}
