import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { healthy, type LinkFaults } from './flow.js';
import { Link, type Direction } from './link.js';

export type FaultProxyOptions = {
  readonly targetHost: string;
  readonly targetPort: number;
  /** Uniform in [0, 1): a seeded one makes jitter and slices repeatable. */
  readonly random?: () => number;
};

/**
 * A TCP proxy on the loopback interface that stands between a client and its server and misbehaves on demand. Faults
 * hold from the moment they are set, for connections that are open and for new ones, until they are changed.
 */
export class FaultProxy {
  readonly #links = new Set<Link>();
  readonly #faults: Record<Direction, LinkFaults> = { up: healthy, down: healthy };
  #refusing = false;
  #accepted = 0;

  private constructor(
    private readonly server: Server,
    private readonly options: FaultProxyOptions,
  ) {
    server.on('connection', (socket) => this.#accept(socket));
  }

  static async start(options: FaultProxyOptions): Promise<FaultProxy> {
    // Half-open sockets, so that the end of one direction is forwarded as just that; unread until a flow takes over.
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
    const proxy = new FaultProxy(server, options);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  url(scheme: string): string {
    return `${scheme}://127.0.0.1:${this.port}`;
  }

  /** Connections open now. */
  get open(): number {
    return this.#links.size;
  }

  /** Connections ever made, refused ones included. */
  get accepted(): number {
    return this.#accepted;
  }

  /** Bytes held back in this process: bounded, whatever the clients send. */
  get held(): number {
    return [...this.#links].reduce((sum, link) => sum + link.held, 0);
  }

  /** Changes the faults named, of one direction or of both, and leaves the others. */
  set(faults: Partial<LinkFaults>, direction: Direction | 'both' = 'both'): void {
    for (const each of ['up', 'down'] as const)
      if (direction === 'both' || direction === each)
        this.#faults[each] = { ...this.#faults[each], ...faults };
    this.#poke();
  }

  /** Nothing crosses any more and nobody is told: open connections turn half-open, new ones are met by silence. */
  blackHole(direction: Direction | 'both' = 'both'): void {
    this.set({ blackHole: true }, direction);
  }

  /**
   * New connections are reset at once. They are not refused by the kernel, for that takes giving up the port, and
   * another process could have it when the fault is over.
   */
  refuse(): void {
    this.#refusing = true;
  }

  /** Resets every open connection on both sides. */
  reset(): void {
    for (const link of this.#links) link.reset();
  }

  /** No faults any more. What was held back goes on; connections that were broken meanwhile are reset. */
  heal(): void {
    this.#refusing = false;
    this.#faults.up = healthy;
    this.#faults.down = healthy;
    this.#poke();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.reset();
    await closed;
  }

  #poke(): void {
    for (const link of this.#links) link.poke();
  }

  #accept(socket: Socket): void {
    this.#accepted += 1;
    if (this.#refusing) {
      socket.on('error', () => undefined);
      socket.resetAndDestroy();
      return;
    }
    const { targetHost, targetPort, random = Math.random } = this.options;
    this.#links.add(
      new Link(socket, {
        targetHost,
        targetPort,
        random,
        faults: (direction) => this.#faults[direction],
        onClosed: (link) => this.#links.delete(link),
      }),
    );
  }
}
