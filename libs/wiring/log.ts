/** One JSON line per entry, so that a line cannot be forged by a newline in a message. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  details?: Readonly<Record<string, unknown>>,
) => void;

const describe = (value: unknown): unknown =>
  value instanceof Error
    ? {
        name: value.name,
        message: value.message,
        code: (value as { code?: unknown }).code,
        stack: value.stack,
      }
    : value;

export function jsonLog(write: (line: string) => void, now: () => number): Log {
  return (level, message, details = {}) => {
    const plain = Object.fromEntries(Object.entries(details).map(([key, value]) => [key, describe(value)]));
    write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, message, ...plain })}\n`);
  };
}

export const silent: Log = () => undefined;
