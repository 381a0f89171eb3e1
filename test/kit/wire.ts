import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';

/** A wire between a client and a server that a test can hold up, cut and mend. */
export interface Wire {
  readonly port: number;
  /** From now on nothing passes, in either direction, and nobody is told. */
  hold(): void;
  /** What was held passes, and everything after it. */
  release(): void;
  /** Breaks every connection, and refuses new ones until it is mended. */
  cut(): void;
  mend(): void;
  /** Nothing passes any more on the connections there are, and nobody is told; new ones are as before. */
  forget(): void;
  stop(): Promise<void>;
}

/** Listens on loopback and passes on to a port of this machine. */
export async function stretchWire(targetPort: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  const forgotten = new WeakSet<Socket>();
  let isHeld = false;
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) return void client.destroy();
    const target = dial(targetPort, '127.0.0.1');
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => {
        if (!forgotten.has(from)) to.write(chunk);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      if (isHeld) from.pause();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    hold() {
      isHeld = true;
      for (const socket of sockets) socket.pause();
    },
    release() {
      isHeld = false;
      for (const socket of sockets) socket.resume();
    },
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      isCut = false;
    },
    forget() {
      for (const socket of sockets) forgotten.add(socket);
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
