import { z } from 'zod';
import { DAY, SECOND } from '#lib/domain/kernel';
import { operationTypes, overlapPolicies, triggers } from '#lib/domain/schedule';
import { duration, instant, name, provider, scheduleId, text, whole, wholeText } from './primitives.js';

/** Bodies and queries other than the schedule itself. All strict: an unknown field is named and refused. */

const note = text(500).optional();
const list = <T extends string>(values: readonly [T, ...T[]]) =>
  z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(z.enum(values)).min(1));
const page = { cursor: z.string().max(500).optional(), limit: wholeText(1, 500).default(50) };
/** Wait until reads reflect this log position, as a command's answer gave it. */
const atLeast = { atLeast: wholeText(0, Number.MAX_SAFE_INTEGER).optional() };

export const pauseBody = z.strictObject({ note, until: instant.optional() }).default({});
export const noteBody = z.strictObject({ note }).default({});
export const triggerBody = z
  .strictObject({ overlap: z.enum(overlapPolicies).optional(), operation: z.enum(operationTypes).optional() })
  .default({});
export const backfillBody = z.strictObject({ from: instant, to: instant });

export const providerLimitsBody = z.strictObject({
  concurrency: whole(1, 1_000_000),
  userConcurrency: whole(1, 1_000_000),
  rate: z.strictObject({ starts: whole(1, 100_000), per: duration(SECOND, DAY) }).optional(),
  breaker: z
    .strictObject({
      failures: whole(1, 1_000_000),
      open: duration(SECOND, DAY),
      maxOpen: duration(SECOND, 7 * DAY),
    })
    .optional(),
});

const CONFIG_LIMIT = 8 * 1024;
/** What the vault takes of one connection. */
const CREDENTIALS_LIMIT = 64 * 1024;
/** Registers or changes a connection. Credentials go to the vault and are never shown again. */
export const connectionBody = z.strictObject({
  user: name,
  provider: name,
  connector: z.string().min(1).max(100).optional(),
  config: z
    .record(z.string().max(100), z.json())
    .refine((config) => JSON.stringify(config).length <= CONFIG_LIMIT, `has more than ${CONFIG_LIMIT} bytes`)
    .optional(),
  credentials: z
    .record(z.string().min(1).max(100), z.string().min(1).max(8_192))
    .refine(
      (secrets) => Buffer.byteLength(JSON.stringify(secrets)) <= CREDENTIALS_LIMIT,
      `has more than ${CREDENTIALS_LIMIT} bytes as JSON`,
    )
    .optional(),
});
export const suspendBody = z
  .strictObject({ message: text(500).default('suspended on request') })
  .default({ message: 'suspended on request' });

export const schedulesQuery = z.strictObject({
  user: name.optional(),
  connection: name.optional(),
  provider: provider.optional(),
  status: list(['active', 'paused', 'completed', 'deleted']).optional(),
  operation: z.enum(operationTypes).optional(),
  frequency: z.enum(['hourly', 'daily', 'weekly', 'monthly', 'interval', 'cron']).optional(),
  text: text(200).optional(),
  ...page,
  ...atLeast,
});

export const runStatuses = [
  'buffered',
  'queued',
  'running',
  'retrying',
  'snoozed',
  'succeeded',
  'cancelled',
  'abandoned',
  'skipped',
  'missed',
] as const;
export const runsQuery = z.strictObject({
  schedule: scheduleId.optional(),
  user: name.optional(),
  connection: name.optional(),
  provider: provider.optional(),
  status: list(runStatuses).optional(),
  trigger: z.enum(triggers).optional(),
  from: instant.optional(),
  to: instant.optional(),
  minLateness: duration(0, 366 * DAY).optional(),
  ...page,
  ...atLeast,
});

export const connectionsQuery = z.strictObject({
  user: name.optional(),
  provider: provider.optional(),
  status: z.enum(['active', 'suspended']).optional(),
  after: name.optional(),
  limit: wholeText(1, 500).default(50),
  ...atLeast,
});
export const conflictsQuery = z.strictObject({
  kind: z.enum(['duplicate', 'overlap', 'resource_limit']).optional(),
  status: list(['open', 'acknowledged', 'resolved']).optional(),
  schedule: scheduleId.optional(),
  user: name.optional(),
  connection: name.optional(),
  provider: provider.optional(),
  ...page,
  ...atLeast,
});
export const parkedQuery = z.strictObject({
  handler: name.optional(),
  ...page,
  ...atLeast,
});
export const occurrencesQuery = z.strictObject({
  count: wholeText(1, 100).default(10),
  from: instant.optional(),
});
export const statisticsQuery = z.strictObject({
  from: instant.optional(),
  to: instant.optional(),
  bucket: z.enum(['hour', 'day']).default('hour'),
  scope: z.enum(['all', 'provider', 'user', 'schedule']).default('all'),
  subject: z.string().max(200).optional(),
  ...atLeast,
});
export const reportQuery = z.strictObject({ from: instant.optional(), to: instant.optional(), ...atLeast });
export const subscriptionsQuery = z.strictObject({
  user: name.optional(),
  provider: z.string().max(200).optional(),
  status: z.string().max(40).optional(),
  /** Of users: each is shown with all of theirs. */
  ...page,
});
export const recordsQuery = z.strictObject({
  user: name.optional(),
  provider: provider.optional(),
  connection: name.optional(),
  limit: wholeText(1, 500).default(100),
});
export const readQuery = z.strictObject({ ...atLeast });
export const eventsQuery = z.strictObject({
  after: wholeText(0, Number.MAX_SAFE_INTEGER).optional(),
  schedule: scheduleId.optional(),
  types: z
    .string()
    .max(2_000)
    .transform((value) => new Set(value.split(',')))
    .optional(),
});
