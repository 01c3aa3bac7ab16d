import { useState } from 'preact/hooks';
import type { From, Webhook } from '../../api/webhooks.js';
import { ChoiceField } from '../../forms/field.js';
import { Dialog } from '../../parts/dialog.js';
import { NoteField } from '../../parts/note-field.js';
import { count } from '../../words/amounts.js';

type Given<T> = {
  readonly webhook: Webhook;
  readonly onConfirm: (chosen: T) => void;
  readonly onClose: () => void;
};

const deliveries = (n: number): string => (n === 1 ? '1 delivery' : `${count(n)} deliveries`);

export function DisableDialog({ webhook, onConfirm, onClose }: Given<string>) {
  const [note, setNote] = useState('');
  return (
    <Dialog
      title={`Disable ${webhook.url}?`}
      confirm="Disable"
      onConfirm={() => onConfirm(note.trim())}
      onClose={onClose}
    >
      <p>Nothing more is sent there. What happens meanwhile waits in the log until it is enabled.</p>
      <NoteField id="disable-note" value={note} set={setNote} />
    </Dialog>
  );
}

export function EnableDialog({ webhook, onConfirm, onClose }: Given<From>) {
  const [from, setFrom] = useState<From>('where_it_stopped');
  const { url, pending } = webhook;
  const waiting =
    pending > 0 ? ` and gives up ${deliveries(pending)} that ${pending === 1 ? 'waits' : 'wait'}` : '';
  return (
    <Dialog title={`Enable ${url}?`} confirm="Enable" onConfirm={() => onConfirm(from)} onClose={onClose}>
      <ChoiceField
        field="from"
        label="Go on"
        errors={[]}
        value={from}
        choices={[
          ['where_it_stopped', 'From where it stopped'],
          ['now', 'From now on'],
        ]}
        set={setFrom}
      />
      <p aria-live="polite">
        {from === 'now'
          ? `This skips everything that happened since it stopped${waiting}. The log says what was skipped.`
          : 'It is told of everything that happened meanwhile, and nothing is skipped.'}
      </p>
    </Dialog>
  );
}

const overlaps = [
  ['PT1H', 'For an hour'],
  ['P1D', 'For a day'],
  ['P7D', 'For a week'],
  ['PT0S', 'Not at all: others know it'],
] as const;

export function RotateDialog({ webhook, onConfirm, onClose }: Given<string>) {
  const [overlap, setOverlap] = useState<string>('P1D');
  return (
    <Dialog
      title={`Rotate the secret of ${webhook.url}?`}
      confirm="Rotate"
      onConfirm={() => onConfirm(overlap)}
      onClose={onClose}
    >
      <p>A new secret holds at once, and is shown this once.</p>
      <ChoiceField
        field="overlap"
        label="The one before holds as well"
        errors={[]}
        value={overlap}
        choices={overlaps}
        set={setOverlap}
      />
    </Dialog>
  );
}

export function DeleteDialog({ webhook, onConfirm, onClose }: Given<undefined>) {
  const { url, description, pending } = webhook;
  return (
    <Dialog
      title={`Delete ${url}?`}
      confirm="Delete"
      danger
      onConfirm={() => onConfirm(undefined)}
      onClose={onClose}
    >
      {description !== undefined && <p class="faint">{description}</p>}
      <p>
        Nothing more is sent there{pending > 0 && `, nor what is pending (${deliveries(pending)})`}. Its
        secret goes with it, and there is no way back.
      </p>
    </Dialog>
  );
}
