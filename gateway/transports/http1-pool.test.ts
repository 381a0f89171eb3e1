import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp1Pool, type Http1Pool } from './http1-pool.ts';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

describe('a pool of connections', () => {
  let server: Server;
  let pool: Http1Pool;
  const sockets: Socket[] = [];
  const heard: string[] = [];

  const serve = async (hear: (socket: Socket, text: string) => void, maxConnections = 2) => {
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (bytes: Buffer) => {
        heard.push(bytes.toString());
        hear(socket, bytes.toString());
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    pool = createHttp1Pool({
      url: new URL(`http://127.0.0.1:${port}/graphql?x=1`),
      maxConnections,
      maxAnswerBytes: 100,
    });
  };
  const post = (body: string, signal = AbortSignal.timeout(5000), headers = {}) =>
    pool.post({ headers, body, signal });

  afterEach(async () => {
    pool.stop();
    for (const socket of sockets.splice(0)) socket.destroy();
    heard.length = 0;
    await new Promise((resolve) => server.close(resolve));
  });

  it('sends the path, its headers and the length in bytes', async () => {
    await serve((socket) => socket.write(OK));
    await post('"Größe"', undefined, { 'x-a': '1' });
    expect(heard[0]).toMatch(/^POST \/graphql\?x=1 HTTP\/1\.1\r\nhost: 127\.0\.0\.1:\d+\r\n/);
    expect(heard[0]).toContain('\r\nx-a: 1\r\n');
    expect(heard[0]).toContain('\r\ncontent-length: 9\r\n\r\n"Größe"');
  });

  it('takes one connection for one request after the other, and no more than it may for many at once', async () => {
    await serve((socket) => socket.write(OK));
    await post('1');
    await post('2');
    expect(sockets).toHaveLength(1);
    const replies = await Promise.all(Array.from({ length: 9 }, (_, at) => post(String(at))));
    expect(replies).toHaveLength(9);
    expect(sockets).toHaveLength(2);
  });

  it('lets whoever waits for a connection go at once, and the others on', async () => {
    const answered: Socket[] = [];
    await serve((socket) => answered.push(socket), 1);
    const first = post('1');
    const controller = new AbortController();
    const second = post('2', controller.signal);
    const third = post('3');
    controller.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    await expect.poll(() => answered.length).toBe(1);
    answered[0]?.write(OK);
    await first;
    await expect.poll(() => answered.length).toBe(2);
    answered[1]?.write(OK);
    await expect(third).resolves.toMatchObject({ text: 'ok' });
    expect(heard.some((text) => text.endsWith('\r\n\r\n2'))).toBe(false);
  });

  it('gives up a connection whose answer nobody waits for', async () => {
    await serve((socket, text) => (text.endsWith('2') ? socket.write(OK) : undefined), 1);
    const controller = new AbortController();
    const first = post('1', controller.signal);
    await expect.poll(() => heard.length).toBe(1);
    controller.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    await expect(post('2')).resolves.toMatchObject({ text: 'ok' });
    expect(sockets).toHaveLength(2);
  });

  it('opens another connection after one that the server closes', async () => {
    await serve((socket) => socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nbye'));
    expect(await post('1')).toEqual({ status: 200, text: 'bye' });
    expect(await post('2')).toEqual({ status: 200, text: 'bye' });
    expect(sockets).toHaveLength(2);
  });

  it('does not use a connection on which the server spoke without being asked', async () => {
    await serve((socket) => socket.write(OK));
    await post('1');
    sockets[0]?.write('HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n');
    await once(sockets[0] ?? server, 'close');
    expect(await post('2')).toEqual({ status: 200, text: 'ok' });
    expect(sockets).toHaveLength(2);
  });

  it('says that a connection broke, in a way that can be told from other failures', async () => {
    await serve((socket) => socket.destroy());
    await expect(post('1')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('sends no header that would begin another', async () => {
    await serve((socket) => socket.write(OK));
    await expect(post('1', undefined, { 'x-a': '1\r\nx-b: 2' })).rejects.toThrow('x-a');
    expect(heard).toEqual([]);
  });

  it('cuts off what is under way when it stops, and takes nothing more', async () => {
    await serve(() => undefined, 1);
    const asked = Promise.allSettled([post('1'), post('2')]);
    await expect.poll(() => heard.length).toBe(1);
    pool.stop();
    expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(post('3')).rejects.toThrow('stopped');
  });
});
