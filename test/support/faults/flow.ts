import type { Socket } from 'node:net';

/** What one direction of a link does to the bytes that cross it. Zero, or false: nothing. */
export type LinkFaults = {
  readonly latencyMs: number;
  /** Added to the latency, drawn anew for each chunk. */
  readonly jitterMs: number;
  /** Most bytes handed on at once; each piece is of 1 to this many. */
  readonly sliceBytes: number;
  readonly bytesPerSecond: number;
  /** Nothing crosses, the end of the connection included: each side believes the other to be silent. */
  readonly blackHole: boolean;
};

export const healthy: LinkFaults = {
  latencyMs: 0,
  jitterMs: 0,
  sliceBytes: 0,
  bytesPerSecond: 0,
  blackHole: false,
};

/** Most bytes of one direction held back here; beyond, the source is not read and its own buffers fill up. */
export const MOST_HELD = 256 * 1024;

/** A slow link passes this share of a second at a time, so that a change of rate is felt soon. */
const PACE = 20;

type Held = { readonly bytes: Buffer | undefined; readonly arrived: number; readonly draw: number };

/** One direction of one connection: source to sink, in order, under whatever faults hold at the moment. */
export class Flow {
  readonly #queue: Held[] = [];
  #held = 0;
  #wake: (() => void) | undefined;
  #stopped = false;

  constructor(
    private readonly source: Socket,
    private readonly sink: Socket,
    private readonly faults: () => LinkFaults,
    private readonly random: () => number,
  ) {
    source.on('data', (bytes: Buffer) => this.#take(bytes));
    source.on('end', () => this.#take(undefined));
    this.#regulate();
    void this.#forward();
  }

  /** Looks at the faults anew. */
  poke(): void {
    this.#regulate();
    this.#wake?.();
  }

  stop(): void {
    this.#stopped = true;
    this.#wake?.();
  }

  /** Bytes read and not handed on. */
  get held(): number {
    return this.#held;
  }

  #take(bytes: Buffer | undefined): void {
    this.#queue.push({ bytes, arrived: performance.now(), draw: this.random() });
    this.#held += bytes?.length ?? 0;
    this.#regulate();
    this.#wake?.();
  }

  #regulate(): void {
    if (this.faults().blackHole || this.#held >= MOST_HELD) this.source.pause();
    else this.source.resume();
  }

  /** Until poked, for the time given at most. */
  #pause(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(() => this.#wake?.(), ms);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }

  async #forward(): Promise<void> {
    while (!this.#stopped) {
      const [first] = this.#queue;
      const { blackHole, latencyMs, jitterMs } = this.faults();
      if (first === undefined || blackHole) {
        await this.#pause();
        continue;
      }
      const left = first.arrived + latencyMs + jitterMs * first.draw - performance.now();
      if (left > 0) {
        await this.#pause(left);
        continue;
      }
      this.#queue.shift();
      if (first.bytes === undefined) this.sink.end();
      else await this.#send(first.bytes);
    }
  }

  async #send(bytes: Buffer): Promise<void> {
    let rest = bytes;
    while (rest.length > 0 && !this.#stopped) {
      const faults = this.faults();
      if (faults.blackHole) {
        await this.#pause();
        continue;
      }
      const piece = rest.subarray(0, this.#pieceOf(rest.length, faults));
      rest = rest.subarray(piece.length);
      await this.#write(piece);
      this.#held -= piece.length;
      this.#regulate();
      const { bytesPerSecond } = faults;
      if (bytesPerSecond > 0) await this.#elapse((piece.length * 1_000) / bytesPerSecond);
      // A turn of the event loop between slices, or the receiver's kernel would join them again.
      else if (rest.length > 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #pieceOf(length: number, { sliceBytes, bytesPerSecond }: LinkFaults): number {
    const slice = sliceBytes > 0 ? 1 + Math.floor(this.random() * sliceBytes) : length;
    const pace = bytesPerSecond > 0 ? Math.ceil(bytesPerSecond / PACE) : length;
    return Math.min(length, slice, pace);
  }

  /** Bytes that arrive meanwhile poke the flow, and must not make the link faster. */
  async #elapse(ms: number): Promise<void> {
    const until = performance.now() + ms;
    while (!this.#stopped && this.faults().bytesPerSecond > 0 && performance.now() < until)
      await this.#pause(until - performance.now());
  }

  async #write(piece: Buffer): Promise<void> {
    if (this.sink.destroyed || this.sink.write(piece)) return;
    const drained = (): void => this.#wake?.();
    this.sink.on('drain', drained);
    while (!this.#stopped && !this.sink.destroyed && this.sink.writableNeedDrain) await this.#pause();
    this.sink.off('drain', drained);
  }
}
