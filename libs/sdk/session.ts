import { keyed, type CommandContext, type Refused } from '#lib/application/actors';
import type { Engine } from '#lib/wiring';
import { accepted } from './rejection.js';

/** Longest wait of a read for what was just written, in milliseconds. */
const PATIENCE = 5_000;

/** A request under its caller's key, which is bound to what is asked of what (`target`) and to the body. */
export type Asked = { readonly key: string | undefined; readonly target: string; readonly body?: unknown };

export const stopped = (): Error => new Error('it was stopped: make another SyncScheduler');

/** What every part stands on: whom it acts for, and the engine, while there is one. */
export class Session {
  #ended = false;

  constructor(
    private readonly opened: Engine,
    readonly tenant: string,
  ) {}

  /** @throws once it was stopped */
  get engine(): Engine {
    if (this.#ended) throw stopped();
    return this.opened;
  }

  /** From now on everything is refused, whoever still holds a part. */
  end(): void {
    this.#ended = true;
  }

  /** Now, in whole milliseconds. */
  get now(): number {
    return Math.floor(this.engine.environment.clock.now());
  }

  /** Who asks, and under which key. */
  context(asked?: Asked): CommandContext {
    const context = {
      tenant: this.tenant,
      actor: 'sdk',
      correlation: this.engine.environment.ids.next(),
    };
    if (asked?.key === undefined) return context;
    return keyed(context, asked.key, { target: asked.target, body: asked.body });
  }

  /** Resolves when reads reflect what was written. @throws {RequestRejected} as it was decided */
  async seen<Answer extends { readonly ok: true; readonly position: number }>(
    asked: Promise<Answer | Refused>,
  ): Promise<Answer> {
    const answer = accepted(await asked);
    await this.reached(answer.position);
    return answer;
  }

  async reached(position: number): Promise<void> {
    await this.opened.readModel.waitFor(position, PATIENCE);
  }

  /** Resolves when reads reflect all that is in the log now. */
  async caughtUp(): Promise<void> {
    await this.reached(await this.engine.store.head());
  }
}
