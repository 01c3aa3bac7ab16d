import { useState } from 'preact/hooks';
import { ask } from '../../api/client.js';
import { update } from '../../api/commands.js';
import { told, type Problem } from '../../api/problem.js';
import type { Priority, Schedule } from '../../api/shapes.js';
import type { Overlap } from '../../forms/policies.js';
import { draftOf, recurrenceOf, type RecurrenceDraft } from '../../forms/recurrence-draft.js';

type Draft = {
  readonly name: string;
  readonly priority: Priority;
  readonly overlap: Overlap;
  readonly recurrence: RecurrenceDraft;
};

const filledWith = ({ name = '', priority, overlap, recurrence }: Schedule): Draft => ({
  name,
  priority,
  overlap: overlap as Overlap,
  recurrence: draftOf(recurrence),
});

/** What was changed in the form: the rest stays as it is, whoever else changes it. */
function changesOf(draft: Draft, before: Schedule): Record<string, unknown> {
  const was = filledWith(before);
  const recurrence = recurrenceOf(draft.recurrence);
  return {
    ...(draft.name.trim() === was.name ? {} : { name: draft.name.trim() === '' ? null : draft.name.trim() }),
    ...(draft.priority === was.priority ? {} : { priority: draft.priority }),
    ...(draft.overlap === was.overlap ? {} : { overlap: draft.overlap }),
    ...(JSON.stringify(recurrence) === JSON.stringify(recurrenceOf(was.recurrence)) ? {} : { recurrence }),
  };
}

/**
 * A change while it is made: it names the version that the form was filled with. Where that is an old one nothing is
 * saved (412), and whoever edits decides with the newest before their eyes.
 */
export type Editing = {
  readonly version: number;
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  readonly untouched: boolean;
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  /** As somebody else has made it. */
  readonly newest: Schedule | undefined;
  readonly save: () => void;
  readonly adopt: () => void;
  readonly insist: () => void;
};

export function useEditing(schedule: Schedule, saved: () => void): Editing {
  // What is shown beneath goes on changing by itself: the form keeps to what it was filled with.
  const [base, setBase] = useState(schedule);
  const [draft, setDraft] = useState(() => filledWith(schedule));
  const [newest, setNewest] = useState<Schedule>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const changes = changesOf(draft, base);
  const attempt = async (version: number): Promise<void> => {
    try {
      await update(base.id, changes, version);
      saved();
    } catch (error) {
      const refused = told(error);
      if (refused.status !== 412) throw error;
      setNewest((await ask<Schedule>(`/v1/schedules/${encodeURIComponent(base.id)}`)).body);
    }
  };
  const saveAs = (version: number): void => {
    setBusy(true);
    setProblem(undefined);
    setNewest(undefined);
    attempt(version)
      .catch((error: unknown) => setProblem(told(error)))
      .finally(() => setBusy(false));
  };
  const adopt = (): void => {
    if (newest === undefined) return;
    setBase(newest);
    setDraft(filledWith(newest));
    setNewest(undefined);
  };
  const insist = (): void => {
    if (newest === undefined) return;
    setBase({ ...base, version: newest.version });
    saveAs(newest.version);
  };
  const untouched = Object.keys(changes).length === 0;
  const save = (): void => saveAs(base.version);
  return { version: base.version, draft, setDraft, untouched, busy, problem, newest, save, adopt, insist };
}
