import type { Machine } from './machine.js';
import type { Process } from './process.js';
import type { Random } from './random.js';

/** What happens to messages on a link: shares of them, while the weather lasts. */
export type Weather = {
  readonly lost: number;
  readonly doubled: number;
  /** By up to three seconds: what was sent later arrives earlier. */
  readonly delayed: number;
  readonly cut?: 'both' | 'up' | 'down';
};
export const fair: Weather = { lost: 0, doubled: 0, delayed: 0 };

const LATENCY = 1;
const DELAY = 3_000;

/** One node's way to the server, `up`, and back, `down`. */
export class Link {
  #weather: Weather = fair;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly machine: Machine,
    private readonly random: Random,
    private readonly process: Process,
  ) {}

  get weather(): Weather {
    return this.#weather;
  }

  /** A client notices a connection that was cut, and makes a new one once it can. */
  set weather(weather: Weather) {
    const reconnects = this.#weather.cut !== undefined && weather.cut === undefined;
    this.#weather = weather;
    if (reconnects) for (const hear of this.#waiting.splice(0)) this.down(hear);
  }

  /** Resolves with the next new connection. */
  get reconnected(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  up(arrive: () => void): void {
    if (this.process.alive) this.#send('up', arrive);
  }

  down(arrive: () => void): void {
    this.#send('down', () => this.process.hear(arrive));
  }

  /** In order, without loss, once the link lets it: what a client that notices gaps makes of the weather. */
  reliably(arrive: () => void): void {
    if (!this.process.alive) return;
    const open = this.weather.cut === undefined;
    this.machine.after(open ? LATENCY : DELAY / 6, () =>
      open && this.weather.cut === undefined ? this.process.hear(arrive) : this.reliably(arrive),
    );
  }

  #send(way: 'up' | 'down', arrive: () => void): void {
    const { weather, machine, random } = this;
    if (weather === fair) return void machine.after(LATENCY, arrive);
    if (weather.cut === 'both' || weather.cut === way || random.chance(weather.lost)) return;
    const copies = random.chance(weather.doubled) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const delay = random.chance(weather.delayed) ? random.whole(1, DELAY) : random.whole(1, 30);
      machine.after(delay, arrive);
    }
  }
}
