import type { Acknowledgement } from '../support/faults/checker.js';
import type { Cluster } from './cluster.js';
import { seeded } from './seeded.mjs';

export type Answer = {
  readonly id?: string;
  readonly position?: number;
  readonly events?: readonly string[];
};

const TIMEOUT_MS = 10_000;

/** Clients: they create schedules that run often, and pause, resume, trigger and change them, at whichever node. */
export class Workload {
  readonly acknowledged: Acknowledgement[] = [];
  readonly schedules: string[] = [];
  refused = 0;
  unavailable = 0;
  #stopped = false;
  #clients: Promise<void>[] = [];

  constructor(
    private readonly cluster: Cluster,
    private readonly seed: number,
  ) {}

  /** @param everySeconds between two runs of a schedule */
  async create(count: number, everySeconds: number): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      const answer = await this.#send('POST', '/v1/schedules', {
        user: `user-${n % 10}`,
        connection: `connection-${n}`,
        provider: `provider-${n % 3}`,
        recurrence: { frequency: 'interval', every: everySeconds },
        overlap: n % 4 === 0 ? 'buffer_one' : 'skip',
        retry: { maxAttempts: 5, base: 'PT1S' },
      });
      if (answer?.id === undefined)
        throw new Error(`schedule ${n} could not be created: ${JSON.stringify(answer)}`);
      this.schedules.push(answer.id);
    }
  }

  start(clients: number): void {
    this.#clients = Array.from({ length: clients }, (_, n) => this.#client(seeded(100 * this.seed + n)));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#clients);
    // Whatever a client paused last goes on, so that the end is quiet and everything is decided.
    for (const id of this.schedules) await this.#send('POST', `/v1/schedules/${id}/resume`, {});
  }

  /** Draws the same, one thing after the other, however others get on. */
  async #client(random: () => number): Promise<void> {
    while (!this.#stopped) {
      const id = this.schedules[Math.floor(random() * this.schedules.length)] ?? '';
      const [dice, at] = [random(), random()];
      const path = `/v1/schedules/${id}`;
      if (dice < 0.5) await this.#send('POST', `${path}/trigger`, {}, at);
      else if (dice < 0.65) await this.#send('POST', `${path}/pause`, {}, at);
      else if (dice < 0.9) await this.#send('POST', `${path}/resume`, {}, at);
      else await this.#send('PATCH', path, { priority: dice < 0.95 ? 'high' : 'normal' }, at);
      await new Promise((resolve) => setTimeout(resolve, 20 + random() * 100));
    }
  }

  /** What an accepted command promises: its last event, where it says that it is. */
  note({ id, position = 0, events = [] }: Answer): void {
    if (id === undefined || position === 0) return;
    const eventType = events.at(-1) ?? 'nothing';
    this.acknowledged.push({ at: Date.now(), stream: `schedule-${id}`, position, eventType });
  }

  /** @param at which of the nodes that are up is asked, as a fraction */
  async #send(method: string, path: string, body: object, at = 0): Promise<Answer | undefined> {
    const nodes = this.cluster.schedulers.filter(({ node }) => node.running);
    const node = nodes[Math.floor(at * nodes.length)]?.node;
    if (node === undefined) return undefined;
    try {
      const response = await fetch(node.url + path, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const answer = (await response.json()) as Answer;
      if (response.status >= 500) this.unavailable += 1;
      else if (!response.ok) this.refused += 1;
      else this.note(answer);
      return answer;
    } catch {
      // Nobody answered: whether it happened is not known to the client, and nothing is promised.
      this.unavailable += 1;
      return undefined;
    }
  }
}
