import type { z } from 'zod';

/** The shape that crosses the desk: an answer, or why there is none. */
export type Envelope<T> =
  | { readonly answer: T }
  /** Ask again later. */
  | { readonly outage: string }
  /** Never ask that again. */
  | { readonly invalid: string };

const text = new TextDecoder('utf-8', { fatal: true });

/** @throws {SyntaxError | TypeError} what is not JSON in UTF-8. */
export const decodeJson = (data: Uint8Array): unknown => JSON.parse(text.decode(data));

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

/** The parsed message, or what is wrong with it. */
export function parseMessage<T>(schema: z.ZodType<T>, data: Uint8Array): Parsed<T> {
  try {
    return parseValue(schema, decodeJson(data));
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : 'it is not JSON' };
  }
}

/** The same for a part of a message. */
export function parseValue<T>(schema: z.ZodType<T>, value: unknown): Parsed<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const why = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ');
  return { ok: false, why };
}
