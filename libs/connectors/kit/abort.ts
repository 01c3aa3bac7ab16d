import { ConnectorError } from './connector-error.js';

export const cancelled = (): ConnectorError => new ConnectorError('CANCELLED', 'stopped on request');

/** Waits for shared work without owning it: the wait ends with the signal, the work goes on for the others. */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    work.catch(() => undefined);
    throw cancelled();
  }
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(cancelled());
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** @throws {ConnectorError} CANCELLED */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}

/**
 * The same for many waits, one after the other, with one listener: racing each against one long-lived promise would
 * keep something of every wait until the end.
 */
export class AbortGate {
  #reject: ((reason: unknown) => void) | undefined;
  readonly #stop = (): void => this.#reject?.(cancelled());

  constructor(private readonly signal: AbortSignal) {
    signal.addEventListener('abort', this.#stop, { once: true });
  }

  /** @throws {ConnectorError} CANCELLED, also when the signal had been aborted before. */
  wait<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      work.then(resolve, reject);
      if (this.signal.aborted) reject(cancelled());
    });
  }

  close(): void {
    this.signal.removeEventListener('abort', this.#stop);
  }
}
