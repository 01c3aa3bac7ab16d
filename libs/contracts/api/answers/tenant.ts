import { z } from 'zod';
import { count, decided, listOf } from './primitives.js';

const limits = z.strictObject({
  concurrency: count
    .optional()
    .describe('Absent: what SYNCOPATE_TENANT_CONCURRENCY says, or as many as run at all'),
  weight: count.describe('Starts in a row when it is its turn'),
});

export const tenantList = listOf(
  z.strictObject({
    id: z.string(),
    limits,
    waiting: count.describe('Runs that wait, over all providers'),
    running: count,
  }),
);
export const tenantChange = z.strictObject({ id: z.string(), limits, ...decided });
