import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { WorkItem } from '#lib/contracts/messages';
import type { WorkIntake } from '#lib/messaging/port';

/** The pattern of the one handler: every provider, every priority. */
export const WORK_PATTERN = 'syncopate.v1.work.*.*';

type Consumer = Parameters<WorkIntake['consume']>[0];

/**
 * JetStream's work queue as a transport of Nest's. Below it is the queue (pulled, bounded, acknowledged after the report),
 * above it the controller with whatever guards, interceptors and filters stand around it; an item that they let fail is
 * handed out again after a while.
 */
export class WorkStrategy extends Server implements CustomTransportStrategy, WorkIntake {
  #consumer: Consumer | undefined;
  #leave: (() => void) | undefined;

  constructor(private readonly queue: WorkIntake) {
    super();
  }

  get desk(): WorkIntake['desk'] {
    return this.queue.desk;
  }

  /** The executor that stands behind the controller. */
  consume(consumer: Consumer): () => void {
    this.#consumer = consumer;
    return () => this.close();
  }

  /** What the controller does with an item. */
  run(item: WorkItem): Promise<void> {
    if (this.#consumer === undefined) throw new Error('the executor has not started');
    return this.#consumer.handle(item);
  }

  listen(callback: (error?: unknown) => void): void {
    const handler = this.getHandlerByPattern(WORK_PATTERN);
    const consumer = this.#consumer;
    if (handler === null || consumer === undefined) {
      callback(new Error(`nothing handles ${WORK_PATTERN}`));
      return;
    }
    const handle = async (item: WorkItem): Promise<void> => {
      const answer: unknown = await handler(item, { item });
      if (isObservable(answer)) await lastValueFrom(answer, { defaultValue: undefined });
    };
    this.#leave = this.queue.consume({ ...consumer, handle });
    callback();
  }

  close(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  on(): never {
    throw new Error('this transport has no events of its own');
  }

  unwrap<T>(): T {
    return this.queue as T;
  }
}
