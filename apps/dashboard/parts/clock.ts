import { createStore, useStore } from '../api/store.js';

/** One tick a second for all that is told relative to now; none while nobody looks. */
const now = createStore(Date.now());
const tick = (): void => {
  if (!document.hidden) now.set(Date.now());
};
setInterval(tick, 1_000);
document.addEventListener('visibilitychange', tick);

export const useNow = (): number => useStore(now);
