/**
 * Resolves when what was armed calls back, or at once when the signal aborts. Nothing is left behind: neither the timer,
 * nor a listener for each pause of a long outage.
 */
export function pause(arm: (callback: () => void) => () => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const cancel = arm(done);
    function done(): void {
      signal.removeEventListener('abort', done);
      cancel();
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
  });
}
