import { useState } from 'preact/hooks';
import { backfill } from '../../api/commands.js';
import type { Backfilled, Schedule } from '../../api/shapes.js';
import { TextField } from '../../forms/field.js';
import { FormPanel } from '../../forms/form-panel.js';
import { useSubmission } from '../../forms/submission.js';
import { instantOf } from '../../forms/typed.js';
import { Said } from '../../parts/said.js';
import { to } from '../../routing/route.js';
import { counted } from '../../words/amounts.js';
import { ownZone } from '../../words/time.js';

function Meaning({ of: { overlap, recurrence } }: { readonly of: Schedule }) {
  const zone = recurrence.zone ?? 'UTC';
  return (
    <div class="meaning">
      <p>
        Every occurrence that its recurrence has within the range is run now, whether it ran then or not
        {overlap === 'allow_all' ? ', as many at once as its provider takes' : ', one after the other'}. At
        most 500 at a time, and nothing of the future.
        {zone !== ownZone && ` The range is told in ${ownZone}, where you are; the schedule is in ${zone}.`}
      </p>
    </div>
  );
}

/** What is empty is left out: the service says that it is missing. */
const pastOf = (from: string, to: string) =>
  Object.fromEntries(
    Object.entries({ from: instantOf(from), to: instantOf(to) }).filter(([, at]) => at !== undefined),
  );

type Given = {
  readonly schedule: Schedule;
  readonly onDone: (backfilled: Backfilled) => void;
  readonly onClose: () => void;
};

export function BackfillForm({ schedule, onDone, onClose }: Given) {
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const { busy, problem, submit } = useSubmission({
    body: pastOf(from, until),
    send: (past, key) => backfill(schedule.id, past, key),
    onDone,
  });
  const errors = problem?.errors ?? [];
  return (
    <FormPanel
      title="Backfill"
      above={<Meaning of={schedule} />}
      problem={problem}
      confirm="Run the past"
      disabled={busy}
      submit={submit}
      onClose={onClose}
    >
      <TextField
        type="datetime-local"
        field="from"
        label={`After (${ownZone})`}
        hint="What was due at this very minute is left out"
        errors={errors}
        value={from}
        set={setFrom}
      />
      <TextField
        type="datetime-local"
        field="to"
        label={`Up to (${ownZone})`}
        hint="What was due at this very minute is run, too"
        errors={errors}
        value={until}
        set={setUntil}
      />
    </FormPanel>
  );
}

/** Each run is either in the queue at once or behind those before it. */
const MADE: ReadonlySet<string> = new Set(['RunQueued', 'RunBuffered']);

function Made({
  of: { repeated, events },
  schedule,
}: {
  readonly of: Backfilled;
  readonly schedule: string;
}) {
  if (repeated === true) return <p>It was asked for already, and is not run twice.</p>;
  const made = events.filter((type) => MADE.has(type)).length;
  if (made === 0) return <p>Nothing was due in that range: there is nothing to run.</p>;
  return (
    <p>
      {counted(made, 'run')} {made === 1 ? 'was' : 'were'} added.{' '}
      <a href={to('runs', { schedule })}>See what becomes of them</a>
    </p>
  );
}

export function BackfillResult({
  of,
  schedule,
  dismiss,
}: {
  readonly of: Backfilled | undefined;
  readonly schedule: string;
  readonly dismiss: () => void;
}) {
  return (
    <Said title={of === undefined ? undefined : 'Backfill'} tone="good" dismiss={dismiss}>
      {of !== undefined && <Made of={of} schedule={schedule} />}
    </Said>
  );
}
