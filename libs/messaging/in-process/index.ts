import type { WorkItem } from '#lib/contracts/messages';
import type { ExecutorDesk, Granted, Seat, WorkDistribution, WorkIntake } from '#lib/messaging/port';

type Consumer = Parameters<WorkIntake['consume']>[0] & { inFlight: number };

/** Both ends in one process: a queue in memory, handed out to the consumer with the most room. Nothing is stored. */
export class InProcessMessaging implements WorkDistribution, WorkIntake {
  readonly #consumers = new Set<Consumer>();
  #waiting: WorkItem[] = [];
  #desk: ExecutorDesk | undefined;

  get desk(): ExecutorDesk {
    if (this.#desk === undefined) throw new Error('no scheduler serves this messaging yet');
    return this.#desk;
  }

  serve(desk: ExecutorDesk): void {
    this.#desk = desk;
  }

  offer(item: WorkItem): void {
    this.#waiting.push(item);
    this.#handOut();
  }

  seat(provider: string): Seat | undefined {
    const consumer = this.#waiting.length === 0 ? this.#roomiest(provider) : undefined;
    if (consumer === undefined) return undefined;
    const { executor, claim } = consumer;
    consumer.inFlight += 1;
    return {
      executor,
      claim,
      take: (item, granted) => this.#begin(item, consumer, granted),
      leave: () => this.#settled(consumer),
    };
  }

  /** Memory loses nothing, and a place is free when its item is settled. */
  onLost(): void {}
  settled(): void {}
  give(): void {}

  withdraw(run: string): void {
    this.#waiting = this.#waiting.filter((item) => item.run !== run);
  }

  cancel(run: string): void {
    this.withdraw(run);
    for (const consumer of this.#consumers) consumer.cancel(run);
  }

  consume(options: Parameters<WorkIntake['consume']>[0]): () => void {
    const consumer: Consumer = { ...options, inFlight: 0 };
    this.#consumers.add(consumer);
    this.#handOut();
    return () => this.#consumers.delete(consumer);
  }

  #handOut(): void {
    const left: WorkItem[] = [];
    for (const item of this.#waiting) {
      const consumer = this.#roomiest(item.provider);
      if (consumer === undefined) left.push(item);
      else this.#hand(item, consumer);
    }
    this.#waiting = left;
  }

  #hand(item: WorkItem, consumer: Consumer): void {
    consumer.inFlight += 1;
    this.#begin(item, consumer);
  }

  #begin(item: WorkItem, consumer: Consumer, granted?: Granted): void {
    const settled = (): void => this.#settled(consumer);
    consumer.handle(item, granted).then(settled, settled);
  }

  #settled(consumer: Consumer): void {
    consumer.inFlight -= 1;
    if (this.#waiting.length > 0) this.#handOut();
  }

  #roomiest(provider: string): Consumer | undefined {
    let best: Consumer | undefined;
    for (const consumer of this.#consumers) {
      const takes = consumer.providers === undefined || consumer.providers.includes(provider);
      const room = consumer.capacity - consumer.inFlight;
      if (takes && room > 0 && (best === undefined || room > best.capacity - best.inFlight)) best = consumer;
    }
    return best;
  }
}
