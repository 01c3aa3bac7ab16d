import type { Priority } from '../../api/shapes.js';
import type { CatchUp, Overlap } from '../../forms/policies.js';
import { newRecurrence, recurrenceOf, type RecurrenceDraft } from '../../forms/recurrence-draft.js';

export type ScheduleDraft = {
  readonly name: string;
  readonly user: string;
  readonly connection: string;
  readonly provider: string;
  readonly operation: 'incremental_sync' | 'full_sync';
  readonly priority: Priority;
  readonly overlap: Overlap;
  readonly catchUp: CatchUp;
  readonly recurrence: RecurrenceDraft;
};

export const newSchedule: ScheduleDraft = {
  name: '',
  user: '',
  connection: '',
  provider: '',
  operation: 'incremental_sync',
  priority: 'normal',
  overlap: 'skip',
  catchUp: 'once',
  recurrence: newRecurrence,
};

export function bodyOf({
  name,
  user,
  connection,
  provider,
  catchUp,
  recurrence,
  ...rest
}: ScheduleDraft): object {
  return {
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    user: user.trim(),
    connection: connection.trim(),
    provider: provider.trim(),
    ...rest,
    catchUp: { policy: catchUp },
    recurrence: recurrenceOf(recurrence),
  };
}
