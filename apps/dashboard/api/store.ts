import { useEffect, useState } from 'preact/hooks';

/** One value that parts of the page watch. */
export type Store<T> = {
  get(): T;
  set(value: T): void;
  watch(listener: () => void): () => void;
};

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(value, next)) return;
      value = next;
      // A copy: one that is told may stop watching, and another begin.
      for (const listener of Array.from(listeners)) listener();
    },
    watch: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export function useStore<T>(store: Store<T>): T {
  const [value, setValue] = useState(store.get());
  useEffect(() => {
    const follow = (): void => setValue(() => store.get());
    // It may have changed between the first look and now.
    follow();
    return store.watch(follow);
  }, [store]);
  return value;
}
