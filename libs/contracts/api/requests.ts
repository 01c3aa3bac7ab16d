import { z } from 'zod';
import { eventTypes } from '#lib/contracts/events';
import { DAY, SECOND } from '#lib/domain/kernel';
import { canonicalProvider } from '#lib/domain/provider';
import { operationTypes, overlapPolicies, triggers } from '#lib/domain/schedule';
import {
  duration,
  durationText,
  instant,
  name,
  provider,
  scheduleId,
  text,
  whole,
  wholeText,
} from './primitives.js';

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
/** `forget`: what was synced over it goes too. */
export const removeBody = z
  .strictObject({ note, records: z.enum(['keep', 'forget']).default('keep') })
  .prefault({});
/** Where there is nothing to say: a note would not be kept. */
export const emptyBody = z.strictObject({}).default({});
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
    .record(z.string().max(100), z.json().meta({ id: 'Json' }))
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
  minLateness: durationText(0, 366 * DAY).optional(),
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
export const webhooksQuery = z.strictObject({ ...page, ...atLeast });
export const deliveriesQuery = z.strictObject({
  status: z.enum(['delivered', 'pending', 'dead_lettered']).optional(),
  ...page,
  ...atLeast,
});
export const occurrencesQuery = z.strictObject({
  count: wholeText(1, 100).default(10),
  from: instant.optional(),
});
/** How far ahead a forecast looks. */
export const forecastQuery = z.strictObject({ hours: wholeText(1, 168).default(24) });
/**
 * Events of one schedule, or connection: of the log itself, which any position is in. The last of them, or those of a lower revision
 * than `before`, as a page's `next` gives it.
 */
export const logQuery = z.strictObject({
  limit: wholeText(1, 500).default(500),
  before: wholeText(0, Number.MAX_SAFE_INTEGER).optional(),
  ...atLeast,
});
/** Of schedules there are days only, of everything else hours: days are their sums. */
export const statisticsQuery = z
  .strictObject({
    from: instant.optional(),
    to: instant.optional(),
    bucket: z.enum(['hour', 'day']).optional(),
    scope: z.enum(['all', 'provider', 'user', 'schedule']).default('all'),
    subject: z.string().max(200).optional(),
    ...atLeast,
  })
  .transform(({ bucket, subject, ...query }, context) => {
    const { scope } = query;
    const refused = (field: string, message: string): never => {
      context.addIssue({ code: 'custom', path: [field], message });
      return z.NEVER;
    };
    if (scope === 'all' && subject !== undefined)
      return refused('subject', 'is one of a scope: name it, as scope=provider, user or schedule');
    if (scope === 'schedule' && bucket === 'hour')
      return refused('bucket', 'must be day for schedules: their hours are not counted');
    return {
      ...query,
      bucket: bucket ?? (scope === 'schedule' ? ('day' as const) : ('hour' as const)),
      subject: subject === undefined || scope !== 'provider' ? subject : canonicalProvider(subject),
    };
  });
export const reportQuery = z.strictObject({ from: instant.optional(), to: instant.optional(), ...atLeast });
export const subscriptionsQuery = z.strictObject({
  user: name.optional(),
  provider: z.string().max(200).transform(canonicalProvider).optional(),
  status: z.string().max(40).optional(),
  /** Of users: each is shown with all of theirs. */
  ...page,
});
const day = z.iso.date({ error: 'must be a day like "2027-03-01"' }).optional();
/** `from`, `to`: of what happened on that day or later, and before that one. */
export const recordsQuery = z.strictObject({
  user: name.optional(),
  provider: provider.optional(),
  connection: name.optional(),
  from: day,
  to: day,
  cursor: page.cursor,
  limit: wholeText(1, 500).default(100),
});
export const readQuery = z.strictObject({ ...atLeast });
/** The instant of the past that is asked about. */
export const asOfQuery = z.strictObject({ at: instant });
/** Of a query string: a parameter that is named and left empty says nothing. */
const orNothing = <T extends z.ZodType>(schema: T) =>
  z.union([z.literal('').transform(() => undefined), schema.optional()]);
const knownTypes: ReadonlySet<string> = new Set(eventTypes);
/** Separated by commas. One that no event has would be waited for in vain. */
const typeList = z
  .string()
  .max(2_000)
  .transform((value, context) => {
    const types = value.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
    const unknown = types.filter((type) => !knownTypes.has(type));
    if (unknown.length === 0) return types.length === 0 ? undefined : new Set(types);
    const message = `no event is of type ${unknown.join(', ').slice(0, 200)}; there are ${eventTypes.join(', ')}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
export const eventsQuery = z.strictObject({
  after: orNothing(wholeText(0, Number.MAX_SAFE_INTEGER)),
  schedule: scheduleId.optional(),
  types: typeList.optional(),
});
