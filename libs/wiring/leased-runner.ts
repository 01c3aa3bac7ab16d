import type { Leases } from '#lib/ports';

type Runner = { start(): void; stop(): Promise<void> };

/** Keeps one runner going while this node holds its lease: a new one each time, from the stored checkpoint. */
export class LeasedRunner {
  #runner: Runner | undefined;
  /** One start or stop at a time. */
  #turn: Promise<void> = Promise.resolve();
  #forget: (() => void) | undefined;
  #stopped = false;

  constructor(
    private readonly leases: Leases,
    private readonly lease: string,
    private readonly create: () => Runner,
    private readonly onError: (what: string, error: unknown) => void = () => {},
  ) {}

  start(): void {
    this.#forget = this.leases.onChange(() => this.#follow());
    this.#follow();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#forget?.();
    await this.#turn;
    await this.#runner?.stop();
  }

  #follow(): void {
    this.#turn = this.#turn
      .then(() => this.#switch())
      .catch((error: unknown) => this.onError(this.lease, error));
  }

  async #switch(): Promise<void> {
    const wanted = !this.#stopped && this.leases.holds(this.lease);
    if (wanted === (this.#runner !== undefined)) return;
    if (this.#runner !== undefined) {
      const runner = this.#runner;
      this.#runner = undefined;
      await runner.stop();
      return;
    }
    const runner = this.create();
    runner.start();
    this.#runner = runner;
  }
}
