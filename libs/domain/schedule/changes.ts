import { isDeepStrictEqual } from '#lib/domain/kernel';
import type { ScheduleChanges, ScheduleDefinition } from './definition.js';

/** The definition after changes; a field that was set to undefined, or null where it was stored, is gone. */
export const mergeChanges = (definition: ScheduleDefinition, changes: ScheduleChanges): ScheduleDefinition =>
  Object.fromEntries(
    Object.entries({ ...definition, ...changes }).filter(
      ([, value]) => value !== undefined && value !== null,
    ),
  ) as unknown as ScheduleDefinition;

/** Only what really differs is a change; a field set to null is taken away. */
export const differencesOf = (definition: ScheduleDefinition, changes: ScheduleChanges): ScheduleChanges =>
  Object.fromEntries(
    Object.entries(changes)
      .filter(
        ([key, value]) =>
          !isDeepStrictEqual(definition[key as keyof ScheduleDefinition] ?? null, value ?? null),
      )
      .map(([key, value]) => [key, value ?? null]),
  );
