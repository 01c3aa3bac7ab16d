import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { WorkItem } from '#lib/contracts/messages';
import type { Granted, Leave, WorkIntake } from '#lib/messaging/port';

/** The pattern of the one handler: every provider, every priority. */
export const WORK_PATTERN = 'syncopate.v1.work.*.*';

type Consumer = Parameters<WorkIntake['consume']>[0];

/** What comes with an item: of one that was given, its grant. */
export type WorkContext = { readonly granted: Granted | undefined };

/**
 * JetStream's work queue as a transport of Nest's. Below it is the queue (pulled, bounded, acknowledged after the report),
 * above it the controller with whatever guards, interceptors and filters stand around it; an item that they let fail is
 * handed out again after a while.
 */
export class WorkStrategy extends Server implements CustomTransportStrategy, WorkIntake {
  #consumer: Consumer | undefined;
  #leave: Leave | undefined;

  constructor(private readonly queue: WorkIntake) {
    super();
  }

  get desk(): WorkIntake['desk'] {
    return this.queue.desk;
  }

  /** The executor that stands behind the controller. */
  consume(consumer: Consumer): Leave {
    this.#consumer = consumer;
    return () => this.close();
  }

  /** What the controller does with an item. */
  run(item: WorkItem, { granted }: WorkContext): Promise<void> {
    if (this.#consumer === undefined) throw new Error('the executor has not started');
    return this.#consumer.handle(item, granted);
  }

  listen(callback: (error?: unknown) => void): void {
    const handler = this.getHandlerByPattern(WORK_PATTERN);
    const consumer = this.#consumer;
    if (handler === null || consumer === undefined) {
      callback(new Error(`nothing handles ${WORK_PATTERN}`));
      return;
    }
    const handle = async (item: WorkItem, granted?: Granted): Promise<void> => {
      const context: WorkContext = { granted };
      const answer: unknown = await handler(item, context);
      if (isObservable(answer)) await lastValueFrom(answer, { defaultValue: undefined });
    };
    this.#leave = this.queue.consume({ ...consumer, handle });
    callback();
  }

  /** Resolves when nothing more can come. */
  close(): void | Promise<void> {
    const leave = this.#leave;
    this.#leave = undefined;
    return leave?.();
  }

  on(): never {
    throw new Error('this transport has no events of its own');
  }

  unwrap<T>(): T {
    return this.queue as T;
  }
}
