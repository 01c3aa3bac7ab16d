import { z } from 'zod';
/**
 * Several of an executor's questions in one message: what a message costs is paid once for all of them. Each is judged
 * and answered by itself, by the rules of the question asked alone. Those that bring secrets are never among them.
 */ export const batchedQuestions = [
    'claim',
    'checkpoint',
    'report'
];
/** Most questions in a batch. */ export const BATCH_QUESTIONS = 64;
/** Most bytes of a batch or of its answers: a message of NATS may have 1 MiB by default. */ export const BATCH_BYTES = 512 * 1024;
export const deskBatchSchema = z.strictObject({
    questions: z.array(z.strictObject({
        question: z.enum(batchedQuestions),
        about: z.unknown()
    })).min(1).max(BATCH_QUESTIONS)
});

//# sourceMappingURL=desk-batch.js.map