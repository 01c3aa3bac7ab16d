import { complete, sparse } from './definitions.js';

/** From version n to n + 1 of one event type's data. Never edits what it is given. */
export type Upcaster = (data: object) => object;

/**
 * By type: the step at index 0 makes version 2 of version 1. A creation of version 1 has everything written out, which
 * is a creation of version 2 in which nothing is left to be assumed.
 */
const steps: Readonly<Record<string, readonly Upcaster[]>> = { ScheduleCreated: [(data) => data] };

/** Types that are stored in another form than they are read in. */
const forms: Readonly<Record<string, { readonly stored: Upcaster; readonly read: Upcaster }>> = {
  ScheduleCreated: { stored: sparse, read: complete },
};

/** Brings stored data of an older version up to date, step by step. */
export function upcast(
  type: string,
  version: number,
  data: object,
  registry: Readonly<Record<string, readonly Upcaster[]>> = steps,
): object {
  if (!Object.hasOwn(registry, type)) return data;
  const chain = registry[type] ?? [];
  return chain.slice(Math.max(0, version - 1)).reduce((current, step) => step(current), data);
}

/** An event's data as it is written, at the version that the catalogue names. */
export const storedData = (type: string, data: object): object =>
  Object.hasOwn(forms, type) ? (forms[type]?.stored(data) ?? data) : data;

/** An event's data as the house and the world read it, from whatever version is stored. */
export function currentData(type: string, version: number, data: object): object {
  const upToDate = upcast(type, version, data);
  return Object.hasOwn(forms, type) ? (forms[type]?.read(upToDate) ?? upToDate) : upToDate;
}
