import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Document, deserialize, serialize } from 'bson';

/** A connection that speaks the wire protocol by hand: what a driver would never send, or send twice. */
export async function rawClient(uri: string) {
  const socket = connect(decodeURIComponent(new URL(uri).host));
  await once(socket, 'connect');
  let received = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
  });
  socket.on('error', () => {});

  async function reply(): Promise<Document> {
    while (received.length < 4 || received.length < received.readInt32LE(0)) {
      await Promise.race([once(socket, 'data'), once(socket, 'close')]);
      if (socket.destroyed) throw new Error('the connection was closed');
    }
    const size = received.readInt32LE(0);
    const body = deserialize(received.subarray(21, size));
    received = received.subarray(size);
    return body;
  }

  return {
    socket,
    async command(command: Document): Promise<Document> {
      socket.write(message(serialize(command)));
      return reply();
    },
    send: (bytes: Uint8Array) => socket.write(bytes),
    closed: () => (socket.destroyed ? Promise.resolve() : once(socket, 'close')),
    close: () => endSocket(socket),
  };
}

/** An OP_MSG with one body. */
export function message(body: Uint8Array): Buffer {
  const header = Buffer.alloc(21);
  header.writeInt32LE(header.length + body.length, 0);
  header.writeInt32LE(1, 4);
  header.writeInt32LE(2013, 12);
  return Buffer.concat([header, body]);
}

const endSocket = (socket: Socket): void => void socket.destroy();
