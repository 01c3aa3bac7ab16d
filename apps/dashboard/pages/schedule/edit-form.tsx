import { useState } from 'preact/hooks';
import { ask } from '../../api/client.js';
import { update } from '../../api/commands.js';
import { told, type Problem } from '../../api/problem.js';
import type { Priority, Schedule } from '../../api/shapes.js';
import { ChoiceField, TextField } from '../../forms/field.js';
import { overlapChoices, priorityChoices, type Overlap } from '../../forms/policies.js';
import { draftOf, recurrenceOf, type RecurrenceDraft } from '../../forms/recurrence-draft.js';
import { RecurrenceFields } from '../../forms/recurrence-fields.js';
import { ProblemNotice } from '../../parts/notice.js';
import { Panel } from '../../parts/panel.js';
import { Definition } from './definition.js';

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

/** Somebody was first: what there is now, and the choice whether to begin anew from it or to put one's own over it. */
function Changed({
  newest,
  adopt,
  insist,
}: {
  readonly newest: Schedule;
  readonly adopt: () => void;
  readonly insist: () => void;
}) {
  return (
    <div class="notice warn" role="alert">
      <strong>It was changed meanwhile</strong>
      <p>Nothing of yours was saved. This is version {newest.version}, as it is now:</p>
      <Definition schedule={newest} />
      <div class="actions">
        <button type="button" onClick={adopt}>
          Begin again from this
        </button>
        <button type="button" onClick={insist}>
          Keep my fields, and save over it
        </button>
      </div>
    </div>
  );
}

export function EditForm({
  schedule,
  onClose,
  onSaved,
}: {
  readonly schedule: Schedule;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}) {
  // What the form was filled with: what is shown beneath goes on changing by itself.
  const [base, setBase] = useState(schedule);
  const [draft, setDraft] = useState(() => filledWith(schedule));
  const [newest, setNewest] = useState<Schedule>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const changes = changesOf(draft, base);
  const errors = problem?.errors ?? [];
  const save = async (version: number): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await update(base.id, changes, version);
      onSaved();
      onClose();
    } catch (error) {
      const refused = told(error);
      if (refused.status !== 412) return setProblem(refused);
      const { body } = await ask<Schedule>(`/v1/schedules/${encodeURIComponent(base.id)}`);
      setNewest(body);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    save(base.version).catch((error: unknown) => setProblem(told(error)));
  };
  const adopt = (from: Schedule): void => {
    setBase(from);
    setDraft(filledWith(from));
    setNewest(undefined);
  };
  const insist = (over: Schedule): void => {
    setBase({ ...base, version: over.version });
    setNewest(undefined);
    save(over.version).catch((error: unknown) => setProblem(told(error)));
  };
  return (
    <Panel title="Edit" aside={<span class="faint">version {base.version}</span>}>
      {newest !== undefined && (
        <Changed newest={newest} adopt={() => adopt(newest)} insist={() => insist(newest)} />
      )}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <form class="fields" onSubmit={submit}>
        <TextField field="name" label="Name" errors={errors} value={draft.name} set={(name) => setDraft({ ...draft, name })} />
        <ChoiceField
          field="priority"
          label="Priority"
          errors={errors}
          value={draft.priority}
          choices={priorityChoices}
          set={(priority) => setDraft({ ...draft, priority })}
        />
        <ChoiceField
          field="overlap"
          label="If the run before is still open"
          errors={errors}
          value={draft.overlap}
          choices={overlapChoices}
          set={(overlap) => setDraft({ ...draft, overlap })}
        />
        <RecurrenceFields
          draft={draft.recurrence}
          errors={errors}
          set={(recurrence) => setDraft({ ...draft, recurrence })}
        />
        <div class="actions">
          <button type="submit" class="primary" disabled={busy || Object.keys(changes).length === 0}>
            Save
          </button>
          <button type="button" onClick={onClose}>
            Close
          </button>
        </div>
      </form>
    </Panel>
  );
}
