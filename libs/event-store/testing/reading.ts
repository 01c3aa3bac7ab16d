import type { Batch, EventStore, RecordedEvent, SubscribeOptions } from '../port/index.js';

export type Heard = {
  readonly events: readonly RecordedEvent[];
  readonly position: number;
  readonly caughtUp: boolean;
};
export type Listening = Omit<SubscribeOptions, 'signal'> & {
  readonly onBatch?: (batch: Batch) => Promise<void> | void;
};

/** Subscribes until `enough` says so of what was heard so far, then aborts and waits for the iteration to end. */
export async function listen(
  store: EventStore,
  { onBatch, ...options }: Listening,
  enough: (heard: Heard) => boolean,
): Promise<Heard> {
  const stop = new AbortController();
  const events: RecordedEvent[] = [];
  let heard: Heard = { events, position: options.after, caughtUp: false };
  for await (const batch of store.subscribe({ ...options, signal: stop.signal })) {
    events.push(...batch.events);
    heard = { events, position: batch.position, caughtUp: batch.caughtUp };
    await onBatch?.(batch);
    if (enough(heard)) stop.abort();
  }
  return heard;
}

export const idsOf = (events: readonly { readonly id: string }[]): readonly string[] =>
  events.map(({ id }) => id);

export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
