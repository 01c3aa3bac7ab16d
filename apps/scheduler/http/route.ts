import type { z } from 'zod';
import type { Need } from '#lib/contracts/api';

export type Route = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly body?: z.ZodType;
  /** In place of a body of JSON: what it may be sent as. */
  readonly file?: readonly string[];
  readonly query?: z.ZodType;
  readonly status?: number;
  /** What a key must be allowed. Absent: `read` of a GET, `write` of the others. */
  readonly needs?: Need;
  /** Headers that it takes besides those that all do. */
  readonly headers?: readonly ('If-Match' | 'Last-Event-ID')[];
};
