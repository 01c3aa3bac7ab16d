import { toChanges, updateScheduleBody } from '#lib/contracts/api';
import type { Instant } from '#lib/domain/kernel';
import type { ScheduleChanges, ScheduleDefinition } from '#lib/domain/schedule';

/**
 * What an update asks of one definition: policies named in part keep the rest of its own. `set` was parsed when it came, and
 * is stored as it came. @throws {ZodError} a later release understands it no more
 */
export function changesOf(set: object, now: Instant): (definition: ScheduleDefinition) => ScheduleChanges {
  const body = updateScheduleBody.parse(set);
  return (definition) => toChanges(body, now, definition);
}
