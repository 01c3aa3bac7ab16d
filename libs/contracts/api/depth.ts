/** Bodies nest no deeper than this. JSON.parse takes any depth; what comes after it recurses and would not. */
export const MAX_DEPTH = 32;

/** Keys that reach a prototype when objects are merged. */
const unsafeKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** What is wrong with a parsed JSON value before any schema looks at it; undefined when nothing is. Iterative. */
export function structureProblem(value: unknown): string | undefined {
  const waiting: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 1 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth > MAX_DEPTH) return `the body nests deeper than ${MAX_DEPTH} levels`;
    for (const [key, inner] of Object.entries(next.value)) {
      if (unsafeKeys.has(key)) return `the body has a key named "${key}", which is not allowed anywhere`;
      waiting.push({ value: inner, depth: next.depth + 1 });
    }
  }
  return undefined;
}
