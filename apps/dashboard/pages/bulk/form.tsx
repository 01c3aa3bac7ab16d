import { useState } from 'preact/hooks';
import { previewBulk, requestBulk, type Asked, type BulkPreview, type Filter } from '../../api/bulk.js';
import type { Priority } from '../../api/shapes.js';
import { ChoiceField, TextField } from '../../forms/field.js';
import { FormPanel } from '../../forms/form-panel.js';
import { useSubmission } from '../../forms/submission.js';
import { instantOf } from '../../forms/typed.js';
import { useWhileTyped, type WhileTyped } from '../../forms/while-typed.js';
import { NoteField } from '../../parts/note-field.js';
import { go, to } from '../../routing/route.js';
import { count, counted } from '../../words/amounts.js';
import { filterText, reasonsText } from '../../words/bulk.js';
import { ownZone } from '../../words/time.js';

type Kind = 'pause' | 'resume' | 'priority' | 'delete';
const kinds = [
  ['pause', 'Pause'],
  ['resume', 'Resume'],
  ['priority', 'Set the priority'],
  ['delete', 'Delete'],
] as const;
const priorities = [
  ['low', 'Low'],
  ['normal', 'Normal'],
  ['high', 'High'],
  ['critical', 'Critical'],
] as const;
const meanings: Readonly<Record<Kind, string>> = {
  pause:
    'What is waiting is cancelled, and nothing more is due until they are resumed. Those that are paused already stay as they are, when this is undone, too.',
  resume: 'What was due meanwhile is not made up for. Undone, they are paused again as they were.',
  priority: 'What waits already keeps its place. Undone, each has its own priority back.',
  delete: 'Nothing of them will run any more. Their history stays. There is no way back.',
};

type Draft = {
  readonly kind: Kind;
  readonly note: string;
  readonly until: string;
  readonly priority: Priority;
};

function changeOf({ kind, note, until, priority }: Draft): Asked['change'] {
  const noted = note.trim() === '' ? {} : { note: note.trim() };
  if (kind === 'resume') return { action: 'resume' };
  if (kind === 'priority') return { action: 'update', set: { priority } };
  if (kind === 'delete') return { action: 'delete', ...noted };
  const end = instantOf(until);
  return { action: 'pause', ...noted, ...(end === undefined ? {} : { until: end }) };
}

/** What it would do, in the service's own numbers. */
function Told({ of: { matched, changes, unchanged, refused, tooMany } }: { readonly of: BulkPreview }) {
  return (
    <>
      <p>
        <b>
          Of {counted(matched, 'schedule')} {tooMany === true ? 'more than ' : ''}
          {count(changes)} would be changed.
        </b>
        {unchanged > 0 && ` ${count(unchanged)} ${unchanged === 1 ? 'is' : 'are'} so already.`}
        {tooMany === true && ' They are too many at once: narrow the filter.'}
      </p>
      {Object.keys(refused).length > 0 && <p>Not changed, {reasonsText(refused).join('; ')}</p>}
    </>
  );
}

function Meaning({ kind, preview }: { readonly kind: Kind; readonly preview: WhileTyped<BulkPreview> }) {
  const { answer, pending } = preview;
  return (
    <div class="meaning">
      <p>{meanings[kind]}</p>
      <div aria-live="polite" class={pending ? 'old' : undefined}>
        {answer === undefined ? <p class="faint">Counting …</p> : <Told of={answer} />}
      </div>
    </div>
  );
}

const verb: Readonly<Record<Kind, string>> = {
  pause: 'Pause',
  resume: 'Resume',
  priority: 'Change',
  delete: 'Delete',
};

/** One change for all schedules that match what the page is narrowed to. */
export function BulkForm({ filter, onClose }: { readonly filter: Filter; readonly onClose: () => void }) {
  const [draft, setDraft] = useState<Draft>({ kind: 'pause', note: '', until: '', priority: 'high' });
  const set =
    <K extends keyof Draft>(field: K) =>
    (value: Draft[K]): void =>
      setDraft((before) => ({ ...before, [field]: value }));
  const { kind } = draft;
  const asked = { filter, change: changeOf(draft) };
  const preview = useWhileTyped<Asked, BulkPreview>(asked, previewBulk);
  const changes = preview.answer?.changes ?? 0;
  const { busy, problem, submit } = useSubmission({
    body: { ...asked, expect: changes },
    send: requestBulk,
    onDone: ({ id }) => go(to(['bulk-changes', id])),
  });
  const stale = preview.pending || preview.answer?.tooMany === true;
  return (
    <FormPanel
      title={`Change all that match: ${filterText(filter)}`}
      above={<Meaning kind={kind} preview={preview} />}
      problem={problem ?? preview.problem}
      confirm={changes === 0 || stale ? verb[kind] : `${verb[kind]} ${counted(changes, 'schedule')}`}
      disabled={busy || stale || changes === 0}
      submit={submit}
      onClose={onClose}
    >
      <ChoiceField field="action" label="Change" errors={[]} value={kind} choices={kinds} set={set('kind')} />
      {kind === 'priority' && (
        <ChoiceField
          field="priority"
          label="Priority"
          errors={[]}
          value={draft.priority}
          choices={priorities}
          set={set('priority')}
        />
      )}
      {(kind === 'pause' || kind === 'delete') && (
        <NoteField id="bulk-note" label="Note (optional)" value={draft.note} set={set('note')} />
      )}
      {kind === 'pause' && (
        <TextField
          type="datetime-local"
          field="until"
          label={`Until (optional, ${ownZone})`}
          errors={preview.problem?.errors ?? []}
          value={draft.until}
          set={set('until')}
        />
      )}
    </FormPanel>
  );
}
