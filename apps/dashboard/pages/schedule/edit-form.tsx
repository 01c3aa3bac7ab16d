import { update } from '../../api/commands.js';
import type { Schedule } from '../../api/shapes.js';
import { EditPanel } from '../../forms/edit-panel.js';
import { useEditing, type Editing } from '../../forms/editing.js';
import { TextField } from '../../forms/field.js';
import { OverlapField, PriorityField } from '../../forms/policy-fields.js';
import { RecurrenceFields } from '../../forms/recurrence-fields.js';
import { Definition } from './definition.js';
import { changesOf, filledWith, type Draft } from './editing.js';

function Fields({ draft, setDraft, problem }: Editing<Schedule, Draft>) {
  const errors = problem?.errors ?? [];
  return (
    <>
      <TextField
        field="name"
        label="Name"
        errors={errors}
        value={draft.name}
        set={(name) => setDraft({ ...draft, name })}
      />
      <PriorityField
        errors={errors}
        value={draft.priority}
        set={(priority) => setDraft({ ...draft, priority })}
      />
      <OverlapField
        errors={errors}
        value={draft.overlap}
        set={(overlap) => setDraft({ ...draft, overlap })}
      />
      <RecurrenceFields
        draft={draft.recurrence}
        errors={errors}
        set={(recurrence) => setDraft({ ...draft, recurrence })}
      />
    </>
  );
}

export function EditForm({
  schedule,
  onClose,
  reload,
}: {
  readonly schedule: Schedule;
  readonly onClose: () => void;
  readonly reload: () => void;
}) {
  const onSaved = (): void => {
    reload();
    onClose();
  };
  const editing = useEditing({ subject: schedule, filledWith, changesOf, update, reload, onSaved });
  return (
    <EditPanel editing={editing} shown={(newest) => <Definition schedule={newest} />} onClose={onClose}>
      <Fields {...editing} />
    </EditPanel>
  );
}
