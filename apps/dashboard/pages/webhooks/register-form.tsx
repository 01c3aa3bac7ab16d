import { useState } from 'preact/hooks';
import { register } from '../../api/webhooks.js';
import { FormPanel } from '../../forms/form-panel.js';
import { useSubmission } from '../../forms/submission.js';
import { bodyOf, newWebhook } from './draft.js';
import { WebhookFields } from './fields.js';
import type { Shown } from './secret.js';

type Given = {
  readonly onDone: (shown: Shown) => void;
  readonly onClose: () => void;
};

export function RegisterForm({ onDone, onClose }: Given) {
  const [draft, setDraft] = useState(newWebhook);
  // Under one key it is one webhook, and its secret is answered both times.
  const { busy, problem, submit } = useSubmission({
    body: bodyOf(draft),
    send: register,
    onDone: ({ secret }, { url }) => onDone({ url, secret }),
  });
  return (
    <FormPanel
      title="New webhook"
      problem={problem}
      confirm="Register webhook"
      disabled={busy}
      submit={submit}
      onClose={onClose}
    >
      <WebhookFields
        draft={draft}
        set={(changes) => setDraft({ ...draft, ...changes })}
        errors={problem?.errors ?? []}
      />
    </FormPanel>
  );
}
