/** From version n to n + 1 of one event type's data. Never edits what it is given. */
export type Upcaster = (data: object) => object;

/** By type: the step at index 0 makes version 2 of version 1. Every type is at version 1 today. */
const steps: Readonly<Record<string, readonly Upcaster[]>> = {};

/** Brings data of an older version up to date, step by step. */
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
