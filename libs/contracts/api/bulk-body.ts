import { z } from 'zod';
import { toldOutcomes } from '#lib/domain/bulk';
import { operationTypes } from '#lib/domain/schedule';
import { instant, name, provider, scheduleId, text, whole, wholeText } from './primitives.js';
import { updateScheduleBody } from './schedule-body.js';

/** Most schedules that one bulk change may change. */
export const MAX_BULK = 20_000;

/** Schedules that are named one by one: they are all in one event. */
const MOST_NAMED = 500;

const statuses = z.enum(['active', 'paused', 'completed']);

/** Of which schedules: each field narrows, as the list's parameters do. */
export const bulkFilter = z
  .strictObject({
    /** Every one of the tenant's: to be said, for leaving everything out may be a mistake. */
    all: z.literal(true).optional(),
    schedules: z.array(scheduleId).min(1).max(MOST_NAMED).optional(),
    user: name.optional(),
    connection: name.optional(),
    provider: provider.optional(),
    status: z.union([statuses, z.array(statuses).min(1).max(3)]).optional(),
    operation: z.enum(operationTypes).optional(),
    frequency: z.enum(['hourly', 'daily', 'weekly', 'monthly', 'interval', 'cron']).optional(),
    text: text(200).optional(),
  })
  .refine(
    (named) => Object.values(named).some((value) => value !== undefined),
    'narrows nothing; to mean every schedule, send {"all": true}',
  );

const note = text(500).optional();
/** All but to pause: of that doors say differently until when. */
export const bulkChanges = [
  z.strictObject({ action: z.literal('resume') }),
  z.strictObject({ action: z.literal('update'), set: updateScheduleBody }),
  z.strictObject({ action: z.literal('delete'), note }),
] as const;
/** `until`: as the door takes instants. */
export const bulkPause = <Instant extends z.ZodType<number>>(until: Instant) =>
  z.strictObject({ action: z.literal('pause'), note, until: until.optional() });
const change = z.discriminatedUnion('action', [bulkPause(instant), ...bulkChanges]);

/** What is to be done to which schedules. */
export const bulkPreviewBody = z.strictObject({ filter: bulkFilter, change });

/** `expect`: how many will be changed, as the preview said; where it is another number by now, nothing is. */
export const bulkChangeBody = z
  .strictObject({ filter: bulkFilter, change, expect: whole(1, MAX_BULK).optional() })
  .refine(({ change: { action }, expect }) => action !== 'delete' || expect !== undefined, {
    path: ['expect'],
    message: 'is needed to delete, which nothing takes back: preview it, and send its number of changes',
  });

export type BulkFilter = z.output<typeof bulkFilter>;
type Status = z.input<typeof statuses>;
export type BulkFilterInput = Readonly<Omit<z.input<typeof bulkFilter>, 'schedules' | 'status'>> & {
  readonly schedules?: readonly string[] | undefined;
  readonly status?: Status | readonly Status[] | undefined;
};

export const bulkChangesQuery = z.strictObject({
  cursor: z.string().max(500).optional(),
  limit: wholeText(1, 500).default(50),
  atLeast: wholeText(0, Number.MAX_SAFE_INTEGER).optional(),
});
/** What became of each schedule of a bulk change; `after`: the place in the plan of the first that is told. */
export const bulkSchedulesQuery = z.strictObject({
  outcome: z.enum(toldOutcomes).optional(),
  after: wholeText(0, MAX_BULK).default(0),
  limit: wholeText(1, 500).default(50),
});
