import { z } from 'zod';
import { bulkActions, toldOutcomes } from '#lib/domain/bulk';
import { count, counts, decided, instant, pageOf, repeated, words } from './primitives.js';

const refused = counts.describe('By reason');

/** As it was asked for. */
const asked = {
  action: z.enum(bulkActions),
  change: words.describe('As it was sent'),
  filter: words.describe('As it was sent'),
};

export const bulkPreview = z.strictObject({
  matched: count,
  changes: count.describe('Schedules that would be changed: what `expect` takes'),
  unchanged: count.describe('They are so already'),
  refused,
  refusals: z
    .array(z.strictObject({ schedule: z.string(), reason: z.string(), message: z.string() }))
    .describe('The first of those'),
  sample: z.array(z.string()).describe('The first schedules that would be changed'),
  tooMany: z.literal(true).optional().describe('More than may be changed at once: narrow the filter'),
});

export const bulkChange = z.strictObject({
  id: z.string(),
  status: z.enum(['running', 'completed', 'undoing', 'undone']),
  ...asked,
  requestedBy: z.string(),
  requestedAt: instant,
  matched: count,
  unchanged: count,
  planned: count.describe('Schedules that are to be changed'),
  changed: count,
  refused,
  completedAt: instant.optional(),
  undo: z
    .strictObject({
      requestedBy: z.string(),
      requestedAt: instant,
      note: z.string().optional(),
      planned: count,
      undone: count,
      refused,
      completedAt: instant.optional(),
    })
    .optional(),
});
export const bulkChangeList = pageOf(bulkChange);

export const bulkChangeAsked = z.strictObject({
  id: z.string(),
  status: z.enum(['running', 'completed', 'undoing', 'undone']),
  planned: count.describe('Schedules that are to be changed, or brought back'),
  ...decided,
  repeated,
});

export const bulkSchedules = z.strictObject({
  items: z.array(
    z.strictObject({
      schedule: z.string(),
      outcome: z.enum(toldOutcomes).describe('`not_undone`: it was changed, and could not be brought back'),
      reason: z.string().optional(),
      version: count.optional().describe('That it was left at, or is to be changed at'),
    }),
  ),
  next: z.int().nullable().describe('Give it as `after` for the next ones; null: these were the last'),
});
