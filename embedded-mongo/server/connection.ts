import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Binary, Long } from 'bson';
import { CommandError } from '../errors.ts';
import { timestampFrom } from '../values/compare.ts';
import type { Doc } from '../values/kinds.ts';
import type { Caller, Server } from './command.ts';
import { errorReply } from './error-reply.ts';
import { encodeReply, type Message, maxMessageBytes, readMessage } from './wire.ts';

const maxWaitingMessages = 100;
const minMessageBytes = 16;
const unsigned = { hash: new Binary(Buffer.alloc(20)), keyId: Long.ZERO };

/** Serves one connection: messages one after another, until it closes. A malformed message closes it, and only it. */
export function serveConnection(server: Server, socket: Socket, connectionId: number): void {
  const gone = new AbortController();
  const caller: Caller = { connectionId, signal: gone.signal, disconnect: () => void socket.destroy() };
  const waiting: Buffer[] = [];
  let partial: Buffer[] = [];
  let partialBytes = 0;
  let busy = false;

  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => gone.abort());
  socket.on('data', (chunk: Buffer) => {
    partial.push(chunk);
    partialBytes += chunk.length;
    try {
      split();
    } catch {
      socket.destroy();
    }
  });

  function split(): void {
    for (;;) {
      if (partialBytes < 4) return;
      let head = partial[0] ?? Buffer.alloc(0);
      if (head.length < 4) {
        head = Buffer.concat(partial);
        partial = [head];
      }
      const size = head.readInt32LE(0);
      if (size < minMessageBytes || size > maxMessageBytes)
        throw new CommandError('BadValue', 'impossible message length');
      if (partialBytes < size) return;
      const bytes = partial.length === 1 ? head : Buffer.concat(partial);
      waiting.push(bytes.subarray(0, size));
      partial = bytes.length > size ? [bytes.subarray(size)] : [];
      partialBytes -= size;
      if (waiting.length > maxWaitingMessages) socket.pause();
      if (!busy) {
        busy = true;
        work().catch(() => socket.destroy());
      }
    }
  }

  async function work(): Promise<void> {
    for (let bytes = waiting.shift(); bytes && !gone.signal.aborted; bytes = waiting.shift()) {
      if (waiting.length === 0 && socket.isPaused()) socket.resume();
      const message = readMessage(bytes);
      const reply = await answer(server, message, caller);
      if (message.unacknowledged || gone.signal.aborted) continue;
      socket.cork();
      let flowing = true;
      for (const part of encodeReply(message, reply)) flowing = socket.write(part);
      socket.uncork();
      if (!flowing) await Promise.race([once(socket, 'drain'), once(gone.signal, 'abort')]);
    }
    busy = false;
  }
}

async function answer(server: Server, { command }: Message, caller: Caller): Promise<Doc> {
  let reply: Doc;
  try {
    reply = await server.dispatch(server, command, caller);
  } catch (error) {
    if (!(error instanceof CommandError)) server.report(error);
    reply = errorReply(error, command);
  }
  // Times are given out only once they are on disk, so that none is ever used twice.
  const time = timestampFrom(server.store.oplog.durableTime());
  reply.$clusterTime = { clusterTime: time, signature: unsigned };
  reply.operationTime = time;
  return reply;
}
