import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { MOST_HELD } from './flow.js';
import { FaultProxy } from './proxy.js';

/** Everything a socket received, and a way to wait for so many bytes of it. */
class Received {
  readonly chunks: Buffer[] = [];
  length = 0;

  constructor(readonly socket: Socket) {
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      this.chunks.push(bytes);
      this.length += bytes.length;
    });
  }

  async atLeast(bytes: number): Promise<Buffer> {
    while (this.length < bytes) await once(this.socket, 'data');
    return Buffer.concat(this.chunks);
  }
}

/** How a socket ended: the code of its error, or a clean close. */
const ending = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let code = 'closed';
    socket.on('error', (error: NodeJS.ErrnoException) => (code = error.code ?? 'error'));
    socket.on('close', () => resolve(code));
  });

describe('FaultProxy', () => {
  let echo: Server;
  let proxy: FaultProxy;
  let atServer: Received[];
  const sockets: Socket[] = [];

  const open = async (port = proxy.port): Promise<Received> => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    sockets.push(socket);
    const received = new Received(socket);
    await once(socket, 'connect');
    return received;
  };

  const roundTrip = async (received: Received, text: string): Promise<void> => {
    const wanted = received.length + text.length;
    received.socket.write(text);
    await received.atLeast(wanted);
  };

  /** Round trips past the proxy: time in which a byte that could cross it would have. */
  const elsewhere = async (): Promise<void> => {
    const direct = await open((echo.address() as AddressInfo).port);
    for (let trip = 0; trip < 20; trip += 1) await roundTrip(direct, 'elsewhere');
  };

  beforeEach(async () => {
    atServer = [];
    echo = createServer((socket) => {
      sockets.push(socket);
      atServer.push(new Received(socket));
      socket.pipe(socket);
    });
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    const { port } = echo.address() as AddressInfo;
    proxy = await FaultProxy.start({ targetHost: '127.0.0.1', targetPort: port });
  });

  afterEach(async () => {
    await proxy.close();
    for (const socket of sockets.splice(0)) socket.destroy();
    await new Promise((resolve) => echo.close(resolve));
  });

  it('forwards bytes both ways and the end of each direction', async () => {
    const client = await open();
    const ended = ending(client.socket);
    client.socket.end('hello');
    expect((await client.atLeast(5)).toString()).toBe('hello');
    expect(await ended).toBe('closed');
    expect(proxy.url('nats')).toBe(`nats://127.0.0.1:${proxy.port}`);
  });

  it('adds latency, to one direction or both, until healed', async () => {
    const client = await open();
    await roundTrip(client, 'warm');
    proxy.set({ latencyMs: 60 }, 'down');
    const before = performance.now();
    await roundTrip(client, 'slow');
    expect(performance.now() - before).toBeGreaterThanOrEqual(59);

    proxy.set({ latencyMs: 60_000, jitterMs: 1_000 });
    client.socket.write('held');
    proxy.heal();
    expect((await client.atLeast(12)).toString()).toBe('warmslowheld');
  });

  it('slices, and keeps the bytes in order', async () => {
    proxy.set({ sliceBytes: 3 }, 'up');
    const client = await open();
    const text = '0123456789'.repeat(6);
    client.socket.write(text);
    expect((await client.atLeast(text.length)).toString()).toBe(text);
    expect(atServer[0]!.chunks.length).toBeGreaterThan(5);
  });

  it('limits the bandwidth', async () => {
    proxy.set({ bytesPerSecond: 100_000 }, 'up');
    const client = await open();
    const before = performance.now();
    await roundTrip(client, 'x'.repeat(20_000));
    expect(performance.now() - before).toBeGreaterThanOrEqual(140);
  });

  it('resets every open connection on both sides, and takes new ones', async () => {
    const [first, second] = [await open(), await open()];
    await roundTrip(first, 'a');
    await roundTrip(second, 'b');
    const ends = [first, second, ...atServer].map(({ socket }) => ending(socket));
    proxy.reset();
    expect(await Promise.all(ends)).toEqual(['ECONNRESET', 'ECONNRESET', 'ECONNRESET', 'ECONNRESET']);
    expect(proxy.open).toBe(0);
    await roundTrip(await open(), 'again');
  });

  it('refuses new connections and leaves the open ones', async () => {
    const old = await open();
    await roundTrip(old, 'a');
    proxy.refuse();
    const refused = connect(proxy.port, '127.0.0.1');
    expect(await ending(refused)).toBe('ECONNRESET');
    await roundTrip(old, 'b');
    proxy.heal();
    await roundTrip(await open(), 'c');
    expect(proxy.accepted).toBe(3);
  });

  it('swallows everything in a black hole, and lets it out in order when healed', async () => {
    const old = await open();
    await roundTrip(old, 'a');
    proxy.blackHole();
    const fresh = await open();
    old.socket.write('b');
    fresh.socket.write('c');
    await elsewhere();
    expect([old.length, fresh.length, atServer[0]!.length]).toEqual([1, 0, 1]);

    proxy.heal();
    expect((await old.atLeast(2)).toString()).toBe('ab');
    expect((await fresh.atLeast(1)).toString()).toBe('c');
  });

  it('can be deaf in one direction only', async () => {
    const client = await open();
    await roundTrip(client, 'a');
    proxy.blackHole('down');
    client.socket.write('b');
    await atServer[0]!.atLeast(2);
    await elsewhere();
    expect(client.length).toBe(1);
    proxy.heal();
    await client.atLeast(2);
  });

  it('hides the end of one side from the other while there is a hole', async () => {
    const client = await open();
    await roundTrip(client, 'a');
    proxy.blackHole();
    const ended = ending(client.socket);
    atServer[0]!.socket.resetAndDestroy();
    await elsewhere();
    expect(client.socket.destroyed).toBe(false);
    proxy.heal();
    client.socket.write('b');
    expect(await ended).toBe('ECONNRESET');
  });

  it('holds a bounded number of bytes, however much is sent into the hole', async () => {
    const client = await open();
    await roundTrip(client, 'a');
    proxy.blackHole();
    const megabytes = 16;
    client.socket.write(Buffer.alloc(megabytes * 1024 * 1024, 'b'));
    await elsewhere();
    expect(proxy.held).toBeLessThanOrEqual(MOST_HELD + 64 * 1024);
    expect(client.socket.writableLength).toBeGreaterThan(0);
    proxy.heal();
    await client.atLeast(1 + megabytes * 1024 * 1024);
  });

  it('resets a client whose server cannot be reached', async () => {
    const nobody = createServer().listen(0, '127.0.0.1');
    await once(nobody, 'listening');
    const { port } = nobody.address() as AddressInfo;
    await new Promise((resolve) => nobody.close(resolve));
    const dead = await FaultProxy.start({ targetHost: '127.0.0.1', targetPort: port });
    expect(await ending(connect(dead.port, '127.0.0.1'))).toBe('ECONNRESET');
    await dead.close();
  });
});
