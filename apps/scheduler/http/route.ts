import type { z } from 'zod';
import type { Need } from '#lib/contracts/api';
import type { AnswerName } from '#lib/contracts/api/answers';

export type Route = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  /** What generated clients call it: as stable as the path. */
  readonly id: string;
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
  /** By name: schemas of answers are loaded for the description, and not before somebody asks for it. */
  readonly answer: AnswerName | 'text/event-stream' | 'text/plain';
  /** Headers of the answer that say something of their own. */
  readonly answered?: readonly ('ETag' | 'Location')[];
};

/** Of a change that may be bound to the version that was seen. */
export const versioned = ['If-Match'] as const;
/** Of what has versions. */
export const tagged = ['ETag'] as const;
/** Of what was made, and has no versions. */
export const located = ['Location'] as const;
export const created = ['ETag', 'Location'] as const;
