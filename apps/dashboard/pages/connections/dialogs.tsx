import { useState } from 'preact/hooks';
import type { Connection } from '../../api/connections.js';
import { Dialog } from '../../parts/dialog.js';
import { NoteField } from '../../parts/note-field.js';

type Given = {
  readonly connection: Connection;
  readonly onConfirm: (said: string) => void;
  readonly onClose: () => void;
};

export function SuspendDialog({ connection: { id }, onConfirm, onClose }: Given) {
  const [reason, setReason] = useState('');
  return (
    <Dialog
      title={`Suspend ${id}?`}
      confirm="Suspend"
      danger
      onConfirm={() => onConfirm(reason.trim())}
      onClose={onClose}
    >
      <p>Its schedules are paused, and no other may begin to use it, until it is restored.</p>
      <NoteField
        id="suspend-reason"
        label="Reason, for whoever meets it (optional)"
        value={reason}
        set={setReason}
      />
    </Dialog>
  );
}

export function RestoreDialog({ connection: { id, suspension }, onConfirm, onClose }: Given) {
  const [note, setNote] = useState('');
  return (
    <Dialog
      title={`Restore ${id}?`}
      confirm="Restore"
      onConfirm={() => onConfirm(note.trim())}
      onClose={onClose}
    >
      <p>
        The schedules that were paused because of it go on.
        {suspension?.cause !== 'request' &&
          ' Where the user has not connected again it is suspended again by the next run that fails.'}
      </p>
      <NoteField id="restore-note" value={note} set={setNote} />
    </Dialog>
  );
}

export function RemoveDialog({ connection: { id }, onConfirm, onClose }: Given) {
  const [forget, setForget] = useState(false);
  return (
    <Dialog
      title={`Remove ${id}?`}
      confirm="Remove"
      danger
      onConfirm={() => onConfirm(forget ? 'forget' : '')}
      onClose={onClose}
    >
      <p>
        Its settings, credentials and uploads are gone then. The log keeps that there was such a connection.
      </p>
      <label class="check">
        <input
          type="checkbox"
          checked={forget}
          onChange={(event) => setForget(event.currentTarget.checked)}
        />{' '}
        Remove what was synced over it, too
      </label>
    </Dialog>
  );
}
