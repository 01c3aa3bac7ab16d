import { connect, type Socket } from 'node:net';
import { Flow, type LinkFaults } from './flow.js';

/** `up`: from the client to the target; `down`: back. */
export type Direction = 'up' | 'down';

export type LinkOptions = {
  readonly targetHost: string;
  readonly targetPort: number;
  readonly faults: (direction: Direction) => LinkFaults;
  readonly random: () => number;
  readonly onClosed: (link: Link) => void;
};

/** One connection through the proxy: two sockets and a flow each way. */
export class Link {
  #target: Socket | undefined;
  #flows: readonly Flow[] = [];
  #broken = false;

  constructor(
    private readonly client: Socket,
    private readonly options: LinkOptions,
  ) {
    client.setNoDelay(true);
    this.#watch(client);
    this.#dial();
  }

  /** Looks at the faults anew: what was held back while the hole was there goes on. */
  poke(): void {
    if (this.#broken && !this.#holed()) return this.reset();
    this.#dial();
    for (const flow of this.#flows) flow.poke();
  }

  /** Both sides get an RST. */
  reset(): void {
    for (const flow of this.#flows) flow.stop();
    for (const socket of [this.client, this.#target])
      if (socket?.destroyed === false) socket.resetAndDestroy();
    this.options.onClosed(this);
  }

  get held(): number {
    return this.#flows.reduce((sum, flow) => sum + flow.held, 0);
  }

  #holed(): boolean {
    return this.options.faults('up').blackHole || this.options.faults('down').blackHole;
  }

  /** A target beyond a hole hears nothing of a new connection, so it is dialled only once there is none. */
  #dial(): void {
    const { targetHost, targetPort, faults, random } = this.options;
    if (this.#target !== undefined || this.#broken || faults('up').blackHole) return;
    const target = connect({ host: targetHost, port: targetPort, allowHalfOpen: true, noDelay: true });
    this.#target = target;
    this.#watch(target);
    target.once('connect', () => {
      this.#flows = [
        new Flow(this.client, target, () => faults('up'), random),
        new Flow(target, this.client, () => faults('down'), random),
      ];
    });
  }

  #watch(socket: Socket): void {
    socket.on('error', () => this.#break());
    socket.on('close', () => {
      if (this.client.destroyed && this.#target?.destroyed !== false) this.reset();
    });
  }

  /** An RST of one side reaches the other, unless there is a hole between them. */
  #break(): void {
    this.#broken = true;
    if (!this.#holed()) this.reset();
  }
}
