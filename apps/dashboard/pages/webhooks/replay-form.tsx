import { useState } from 'preact/hooks';
import { replay, type Replayed, type Webhook } from '../../api/webhooks.js';
import { TextField } from '../../forms/field.js';
import { FormPanel } from '../../forms/form-panel.js';
import { useSubmission } from '../../forms/submission.js';
import { numberOf } from '../../forms/typed.js';
import { Said } from '../../parts/said.js';
import { count } from '../../words/amounts.js';

/** What it does, before anybody asks for it: a long range is a flood for whoever receives it. */
function Meaning({ of: { status } }: { readonly of: Webhook }) {
  return (
    <div class="meaning">
      <p>
        What happened within the range is sent, as far as the webhook is told of such things by now, whether
        it was sent before or not, and beside what is new. Ids and bodies are those of the first time: a
        receiver that remembers ids takes nothing twice.
      </p>
      <p>
        One message for each event: of a long range they are many, and none of them can be called back. What
        lies beyond the end of the log is left out. At most ten replays go on at the same time.
        {status === 'disabled' && ' It is disabled: nothing is sent before it is enabled.'}
      </p>
    </div>
  );
}

type Given = {
  readonly webhook: Webhook;
  readonly onDone: (replayed: Replayed) => void;
  readonly onClose: () => void;
};

export function ReplayForm({ webhook, onDone, onClose }: Given) {
  const [after, setAfter] = useState('');
  const [through, setThrough] = useState('');
  const { busy, problem, submit } = useSubmission({
    body: { after: numberOf(after), through: numberOf(through) },
    send: (range, key) => replay(webhook.id, range, key),
    onDone,
  });
  const errors = problem?.errors ?? [];
  return (
    <FormPanel
      title="Replay a range"
      above={<Meaning of={webhook} />}
      problem={problem}
      confirm="Send the range"
      disabled={busy}
      submit={submit}
      onClose={onClose}
    >
      <TextField
        field="after"
        label="After position"
        hint="Of the log, as deliveries and messages name it; 0: from its beginning"
        errors={errors}
        value={after}
        set={setAfter}
      />
      <TextField
        field="through"
        label="Up to position"
        hint="The last one that is sent"
        errors={errors}
        value={through}
        set={setThrough}
      />
    </FormPanel>
  );
}

function rangeOf({ after, through }: Replayed): string {
  // What was asked for before is answered without its range.
  if (after === undefined || through === undefined) return 'It was asked for already, and is not sent twice.';
  return `What happened after position ${count(after)}, up to ${count(through)}, is sent. Each is among the deliveries once it was.`;
}

export function ReplayResult({
  of,
  dismiss,
}: {
  readonly of: Replayed | undefined;
  readonly dismiss: () => void;
}) {
  return (
    <Said title={of === undefined ? undefined : 'Replay'} tone="good" dismiss={dismiss}>
      {of !== undefined && <p>{rangeOf(of)}</p>}
    </Said>
  );
}
