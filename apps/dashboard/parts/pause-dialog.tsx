import { useState } from 'preact/hooks';
import type { Pause } from '../api/commands.js';
import { instantOf } from '../forms/typed.js';
import { ownZone } from '../words/time.js';
import { Dialog } from './dialog.js';
import { NoteField } from './note-field.js';

type Given = {
  readonly title: string;
  readonly about: string;
  readonly onConfirm: (given: Pause) => void;
  readonly onClose: () => void;
};

export function PauseDialog({ title, about, onConfirm, onClose }: Given) {
  const [note, setNote] = useState('');
  const [until, setUntil] = useState('');
  const confirm = (): void => {
    const end = instantOf(until);
    onConfirm({
      ...(note.trim() === '' ? {} : { note: note.trim() }),
      ...(end === undefined ? {} : { until: end }),
    });
  };
  return (
    <Dialog title={title} confirm="Pause" onConfirm={confirm} onClose={onClose}>
      <p>{about}</p>
      <NoteField id="pause-note" value={note} set={setNote} />
      <div class="field">
        <label for="pause-until">Until (optional, {ownZone})</label>
        <input
          id="pause-until"
          type="datetime-local"
          value={until}
          onInput={(event) => setUntil(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  );
}
