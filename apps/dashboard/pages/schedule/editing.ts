import type { Priority, Schedule } from '../../api/shapes.js';
import type { Overlap } from '../../forms/policies.js';
import { draftOf, recurrenceOf, type RecurrenceDraft } from '../../forms/recurrence-draft.js';

/** What of a schedule can be changed in its form. */
export type Draft = {
  readonly name: string;
  readonly priority: Priority;
  readonly overlap: Overlap;
  readonly recurrence: RecurrenceDraft;
};

export const filledWith = ({ name = '', priority, overlap, recurrence }: Schedule): Draft => ({
  name,
  priority,
  overlap: overlap as Overlap,
  recurrence: draftOf(recurrence),
});

export function changesOf(draft: Draft, before: Schedule): object {
  const was = filledWith(before);
  const recurrence = recurrenceOf(draft.recurrence);
  return {
    ...(draft.name.trim() === was.name ? {} : { name: draft.name.trim() === '' ? null : draft.name.trim() }),
    ...(draft.priority === was.priority ? {} : { priority: draft.priority }),
    ...(draft.overlap === was.overlap ? {} : { overlap: draft.overlap }),
    ...(JSON.stringify(recurrence) === JSON.stringify(recurrenceOf(was.recurrence)) ? {} : { recurrence }),
  };
}
