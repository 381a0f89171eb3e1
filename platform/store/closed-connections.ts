import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** What we know of the driver's connections; the package has no types for its insides. */
interface DriverConnection {
  readonly socket: Pick<Socket, 'emit'>;
  /** Called once, whatever closed the connection; from then on the connection refuses commands. */
  cleanup(error: Error): void;
}

const wake = Symbol.for('unified-commerce-graph.wakesWritersOfClosedConnections');

/**
 * Has a command fail that waits to be sent when its connection closes. The driver (7.8 and 7.9) waits for `drain` alone then, which a
 * closed socket never tells; and a socket is dead a moment before it says so, so that of several connections that are cut at once one
 * is easily written to. When that is the one the driver watches the server by, it takes the server for lost as long as the process
 * runs. Throws when the driver's insides are not what they were.
 */
export function wakeWritersOfClosedConnections(): void {
  // Beside mongoose's own copy, which npm keeps to be the same; the test would notice if it were not.
  const { Connection } = createRequire(import.meta.url)('mongodb/lib/cmap/connection.js') as {
    readonly Connection?: { readonly prototype: DriverConnection & { [wake]?: true } };
  };
  const prototype = Connection?.prototype;
  if (typeof prototype?.cleanup !== 'function')
    throw new Error(
      'this release of the MongoDB driver closes its connections in a way that is not known here',
    );
  if (prototype[wake] === true) return;
  const { cleanup } = prototype;
  prototype.cleanup = function (error) {
    cleanup.call(this, error);
    // Later, so that a command that was just about to write is woken as well. It then finds the error and fails with it.
    setImmediate(() => this.socket.emit('drain'));
  };
  prototype[wake] = true;
}
