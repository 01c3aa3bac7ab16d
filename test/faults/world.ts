import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { ExecutorEntry } from '../support/faults/checker.js';

/**
 * The world that executors act on. It keeps their journals, written as they act, and like any resource worth fencing it
 * turns down an effect whose fence is older than one that it has seen.
 */
export class World {
  readonly journal: ExecutorEntry[] = [];
  readonly #fences = new Map<string, number>();
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => this.#accept(socket));
  }

  static async open(): Promise<World> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new World(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => {});
    let rest = '';
    socket.on('data', (data) => {
      const lines = (rest + data.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) socket.write(`${this.#take(JSON.parse(line) as ExecutorEntry)}\n`);
    });
  }

  #take(entry: ExecutorEntry): 'accepted' | 'refused' {
    const at = Date.now();
    const newest = this.#fences.get(entry.schedule) ?? 0;
    this.#fences.set(entry.schedule, Math.max(newest, entry.fence));
    const outcome = entry.kind === 'effect' && entry.fence < newest ? 'refused' : 'accepted';
    this.journal.push({ ...entry, at, ...(entry.kind === 'effect' ? { outcome } : {}) });
    return outcome;
  }
}
