import type { StreamFilter } from '../port/index.js';

export type Keep = (stream: string) => boolean;

const everything: Keep = () => true;

/** Absent or empty prefixes keep everything. */
export function keeping(filter: StreamFilter | undefined): Keep {
  const prefixes = filter?.prefixes ?? [];
  return prefixes.length === 0
    ? everything
    : (stream) => prefixes.some((prefix) => stream.startsWith(prefix));
}
