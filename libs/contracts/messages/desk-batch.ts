import { z } from 'zod';

/**
 * Several of an executor's questions in one message: what a message costs is paid once for all of them. Each is judged
 * and answered by itself, by the rules of the question asked alone. Those that bring secrets are never among them.
 */
export const batchedQuestions = ['claim', 'checkpoint', 'report'] as const;
export type BatchedQuestion = (typeof batchedQuestions)[number];

/** Most questions in a batch. */
export const BATCH_QUESTIONS = 64;
/** Most bytes of a batch or of its answers: a message of NATS may have 1 MiB by default. */
export const BATCH_BYTES = 512 * 1024;

export type DeskBatch = {
  readonly questions: readonly { readonly question: BatchedQuestion; readonly about: unknown }[];
};

export const deskBatchSchema = z.strictObject({
  questions: z
    .array(z.strictObject({ question: z.enum(batchedQuestions), about: z.unknown() }))
    .min(1)
    .max(BATCH_QUESTIONS),
}) satisfies z.ZodType<DeskBatch>;

/**
 * The answers in the order of the questions; `apart` instead of one that had no room any more: ask that one alone.
 * `holds`: the shards of the node that answered, so that questions about them may go to it together.
 */
export type DeskBatchAnswer<Envelope> = {
  readonly answers: readonly (Envelope | { readonly apart: true })[];
  readonly holds: readonly number[];
};
