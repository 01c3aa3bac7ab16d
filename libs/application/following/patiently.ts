import type { Millis } from '#lib/domain/kernel';
import { isEventStoreError } from '#lib/event-store/port';
import { pause, type Timers } from '#lib/ports';

/** Before what failed is tried again. */
const PAUSE: Millis = 500;

export type Patience = {
  readonly signal: AbortSignal;
  readonly timers: Pick<Timers, 'after'>;
  /** What failed, and is tried again. */
  readonly onError: (error: unknown) => void;
  /** A corrupt event: going on would be telling of a log that is known to be wrong. */
  readonly onEnded: (error: unknown) => void;
};

/** Follows the log again and again, until it is told to stop: outages are waited out. */
export async function patiently(
  follow: (signal: AbortSignal) => Promise<void>,
  { signal, timers, onError, onEnded }: Patience,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await follow(signal);
    } catch (error) {
      if (signal.aborted) return;
      if (isEventStoreError(error, 'corrupt_event')) return onEnded(error);
      onError(error);
      await pause((over) => timers.after(PAUSE, over), signal);
    }
  }
}
