import { useState } from 'preact/hooks';
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
  /** As somebody else has made it, once this page has been told of it. */
  readonly newest: Schedule | undefined;
  readonly save: () => void;
  readonly adopt: () => void;
  readonly insist: () => void;
};

type Given = {
  /** As the page knows it: it changes by itself. */
  readonly schedule: Schedule;
  readonly reload: () => void;
  readonly onSaved: () => void;
};

export function useEditing({ schedule, reload, onSaved }: Given): Editing {
  // The form keeps to what it was filled with.
  const [base, setBase] = useState(schedule);
  const [draft, setDraft] = useState(() => filledWith(schedule));
  const [stale, setStale] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const changes = changesOf(draft, base);
  const refused = (error: unknown): void => {
    const said = told(error);
    if (said.status !== 412) return setProblem(said);
    setStale(true);
    reload();
  };
  const saveAs = (version: number): void => {
    setBusy(true);
    setProblem(undefined);
    setStale(false);
    update(base.id, changes, version)
      .then(onSaved, refused)
      .finally(() => setBusy(false));
  };
  const newest = stale && schedule.version > base.version ? schedule : undefined;
  const adopt = (): void => {
    setBase(schedule);
    setDraft(filledWith(schedule));
    setStale(false);
  };
  const insist = (): void => {
    setBase({ ...base, version: schedule.version });
    saveAs(schedule.version);
  };
  const untouched = Object.keys(changes).length === 0;
  const save = (): void => saveAs(base.version);
  return { version: base.version, draft, setDraft, untouched, busy, problem, newest, save, adopt, insist };
}
