import type { EventStore } from '../port/index.js';

/** A store, but for what `otherwise` does in its stead. */
export const storeBut = (store: EventStore, otherwise: Partial<EventStore>): EventStore =>
  new Proxy(store, {
    get(target, name) {
      const other: unknown = Reflect.get(otherwise, name);
      if (other !== undefined) return other;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
