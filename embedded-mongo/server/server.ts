import { chmod, unlink } from 'node:fs/promises';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { Store } from '../store/store.ts';
import { type Dispatch, matchContext, type Server } from './command.ts';
import { serveConnection } from './connection.ts';
import { createCursors } from './cursors.ts';
import { dispatch } from './dispatch.ts';
import { createExpiry } from './expiry.ts';
import { createSessions } from './sessions.ts';
import { createSnapshots } from './snapshots.ts';

export type ListenOn = { socketPath: string } | { host: string; port: number };

export type RunningServer = {
  /** `host:port`, or the socket's path. */
  address: string;
  /** Closes connections, ends open transactions without effect and writes what is noted. */
  stop(): Promise<void>;
};

const maxConnections = 1000;
const expiryIntervalMs = 1000;

/** Opens the store in a directory and serves it. `onFailure` is told when the store cannot go on. */
export async function startServer(options: {
  directory: string;
  listen: ListenOn;
  oplogMaxBytes: number;
  onFailure: (error: unknown) => void;
  /** Told of faults that a client met and that are ours. */
  report: (error: unknown) => void;
  /** For tests only: stands between the connections and the commands, to make them fail on purpose. */
  around?: (dispatch: Dispatch) => Dispatch;
}): Promise<RunningServer> {
  const nowMs = (): number => Date.now();
  const store: Store = new Store({
    directory: options.directory,
    oplogMaxBytes: options.oplogMaxBytes,
    nowMs,
    match: { expression: (expression) => matchContext(store, undefined, {}).expression(expression) },
    onFailure: options.onFailure,
  });
  const sockets = new Set<Socket>();
  let lastConnectionId = 0;
  let address = '';
  const server: Server = {
    dispatch: options.around?.(dispatch) ?? dispatch,
    store,
    sessions: createSessions(store),
    cursors: createCursors(nowMs),
    snapshots: createSnapshots(store),
    get address() {
      return address;
    },
    connections: {
      get current() {
        return sockets.size;
      },
      get total() {
        return lastConnectionId;
      },
      limit: maxConnections,
    },
    report: options.report,
  };
  const net = createServer((socket) => {
    if (sockets.size >= maxConnections) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(server, socket, ++lastConnectionId);
  });
  address = await listen(net, options.listen);
  const expiry = setInterval(createExpiry(server), expiryIntervalMs);
  const warming = warm(store);
  return {
    address,
    async stop() {
      clearInterval(expiry);
      warming.stop();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => net.close(resolve));
      server.sessions.abandonAll();
      server.snapshots.releaseAll();
      await store.close();
    },
  };
}

async function listen(net: NetServer, where: ListenOn): Promise<string> {
  const target = 'socketPath' in where ? { path: where.socketPath } : where;
  // A socket left behind by a process that was killed.
  if ('socketPath' in where) await unlink(where.socketPath).catch(() => {});
  await new Promise<void>((resolve, reject) => {
    net.once('error', reject);
    net.listen(target, resolve);
  });
  if ('socketPath' in where) {
    await chmod(where.socketPath, 0o600);
    return where.socketPath;
  }
  const bound = net.address();
  return `${where.host}:${typeof bound === 'object' && bound ? bound.port : where.port}`;
}

/** Loads collections one by one while nobody waits for them, so that the first query finds them loaded. */
function warm(store: Store): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    if (store.loadNext()) timer = setTimeout(next, 20);
  };
  timer = setTimeout(next, 20);
  return { stop: () => clearTimeout(timer) };
}
