import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { undoBulk, type BulkChange } from '../../api/bulk.js';
import { Dialog } from '../../parts/dialog.js';
import { NoteField } from '../../parts/note-field.js';
import { OutcomeList, useOutcomes } from '../../parts/outcomes.js';
import { counted } from '../../words/amounts.js';
import { changeText, filterText } from '../../words/bulk.js';

/** What was deleted does not come back, and what nothing was done to need not. */
export const canBeUndone = ({ status, action, changed }: BulkChange): boolean =>
  status === 'completed' && action !== 'delete' && changed > 0;

const nameOf = ({ change, filter }: BulkChange): string => `${changeText(change)}: ${filterText(filter)}`;

function UndoDialog({
  bulk,
  onConfirm,
  onClose,
}: {
  readonly bulk: BulkChange;
  readonly onConfirm: (note: string) => void;
  readonly onClose: () => void;
}) {
  const [note, setNote] = useState('');
  return (
    <Dialog
      title={`Undo “${nameOf(bulk)}”?`}
      confirm="Undo"
      onConfirm={() => onConfirm(note.trim())}
      onClose={onClose}
    >
      <p>
        {counted(bulk.changed, 'schedule')} {bulk.changed === 1 ? 'is' : 'are'} brought back to what
        {bulk.changed === 1 ? ' it was' : ' they were'}, but for those that somebody has changed since. Runs
        that were cancelled or missed meanwhile do not come back.
      </p>
      <NoteField id="undo-note" value={note} set={setNote} />
    </Dialog>
  );
}

export function useUndo(after: () => void): {
  readonly ask: (bulk: BulkChange) => void;
  /** Its dialog, and what became of it. */
  readonly shown: ComponentChildren;
} {
  const { outcomes, run, dismiss } = useOutcomes();
  const [asked, setAsked] = useState<BulkChange>();
  const undo = (bulk: BulkChange, note: string): void =>
    void run('Undo', [{ id: bulk.id, name: nameOf(bulk) }], () => undoBulk(bulk.id, note)).then(after);
  const shown = (
    <>
      <OutcomeList outcomes={outcomes} dismiss={dismiss} />
      {asked !== undefined && (
        <UndoDialog
          bulk={asked}
          onConfirm={(note) => undo(asked, note)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
  return { ask: setAsked, shown };
}
