import { z } from 'zod';
import { operationTypes, overlapPolicies, pauseCauses, priorities } from '#lib/domain/schedule';
import { problem } from './problem.js';
import {
  count,
  decided,
  instant,
  length,
  listOf,
  pageOf,
  pause,
  position,
  repeated,
  words,
} from './primitives.js';
import { recurrence } from './recurrence.js';

/** The definition as a creation takes it, in the same units, with nothing left to a default. */
const definition = {
  name: z.string().optional(),
  user: z.string(),
  connection: z.string(),
  provider: z.string(),
  operation: z.enum(operationTypes),
  priority: z.enum(priorities),
  recurrence,
  maxRuns: count.optional(),
  overlap: z.enum(overlapPolicies),
  bufferCap: count,
  catchUp: z.strictObject({ policy: z.enum(['skip', 'once', 'all']), window: length, cap: count }),
  retry: z.strictObject({
    maxAttempts: count,
    base: length,
    factor: z.number(),
    cap: length,
    jitter: z.enum(['full', 'equal', 'none']),
    budget: length,
    retryAfterCap: length,
  }),
  retryVersusNext: z.enum(['merge', 'replace']),
  snooze: z.strictObject({ max: count, total: length }),
  autoPause: z.strictObject({ failures: count, days: count }),
  timeout: length.describe('An attempt that takes longer has failed'),
  expectedDuration: length.optional(),
};

export const occurrence = z.strictObject({
  nominal: instant.describe('When it is due'),
  effective: instant.describe('The nominal time and the spread'),
});

const status = z.enum(['active', 'paused', 'completed', 'deleted']);

export const schedule = z.strictObject({
  id: z.string(),
  status,
  version: count.describe('What the ETag has, and If-Match compares'),
  revision: z.int().describe('The last event of its own stream, from 0'),
  generation: count.describe('Grows when the recurrence changes'),
  ...definition,
  pause: pause(z.enum(pauseCauses)).optional(),
  nextOccurrence: occurrence.optional().describe('Absent: paused, or nothing is due any more'),
  lastRun: z
    .strictObject({
      id: z.string(),
      status: z.enum(['succeeded', 'cancelled', 'abandoned']).nullable(),
      at: instant.optional(),
    })
    .optional(),
  lastSuccessAt: instant.optional(),
  counters: z.strictObject({
    runs: count,
    succeeded: count,
    failed: count,
    cancelled: count,
    skipped: count,
    missed: count,
    consecutiveFailures: count.describe('Runs in a row that were given up'),
  }),
  createdAt: instant,
  updatedAt: instant,
  asOf: instant.optional().describe('It was so then; absent: it is so now'),
});
export const scheduleList = pageOf(schedule);

export const occurrences = z.strictObject({
  status: z.enum(['active', 'paused', 'completed']),
  items: z.array(occurrence),
  more: z.boolean().describe('The recurrence has further ones'),
});

export const finding = z.strictObject({
  severity: z.enum(['error', 'warning']),
  kind: z.enum(['integrity', 'duplicate', 'overlap', 'quota']),
  code: z.string().describe('Stable name from a closed list'),
  field: z.string().describe('Where in the body, e.g. recurrence.times[0]'),
  message: z.string(),
  details: words.optional(),
});

/** What every command on a schedule answers. */
export const scheduleChange = z.strictObject({
  id: z.string(),
  status,
  version: count.optional().describe('Absent: it is deleted'),
  ...decided,
  repeated,
  warnings: z.array(finding).optional(),
});
/** Of what makes a run, or is about one. */
export const runChange = scheduleChange.extend({ run: z.string() });
export const backfillRequested = scheduleChange.extend({
  runs: z.array(z.string()).describe('Oldest first; none where nothing was due in the range'),
});

export const judgement = z.strictObject({
  valid: z.boolean(),
  findings: z.array(finding),
  occurrences: listOf(occurrence.pick({ nominal: true })).shape.items.describe(
    'The first ones; their spread follows from an id that nobody has yet',
  ),
});

/** Of a batch: each schedule answered as if it had come by itself. */
export const scheduleBatch = z.strictObject({
  created: count,
  repeated: count,
  refused: count,
  position: position.describe('Reads at this position see all of them'),
  items: z
    .array(
      z.discriminatedUnion('ok', [
        z.strictObject({ ok: z.literal(true), result: scheduleChange }),
        z.strictObject({ ok: z.literal(false), problem }),
      ]),
    )
    .describe('In the order of the request'),
});
