import { updateWebhook, type Webhook } from '../../api/webhooks.js';
import { EditPanel } from '../../forms/edit-panel.js';
import { useEditing } from '../../forms/editing.js';
import { AboutFacts } from './about.js';
import { changesOf, filledWith } from './draft.js';
import { WebhookFields } from './fields.js';

type Given = {
  readonly webhook: Webhook;
  readonly reload: () => void;
  readonly onClose: () => void;
};

export function EditForm({ webhook, reload, onClose }: Given) {
  const onSaved = (): void => {
    reload();
    onClose();
  };
  const editing = useEditing({
    subject: webhook,
    filledWith,
    changesOf,
    update: updateWebhook,
    reload,
    onSaved,
  });
  const { draft, setDraft, problem } = editing;
  return (
    <EditPanel editing={editing} shown={(newest) => <AboutFacts of={newest} />} onClose={onClose}>
      <WebhookFields
        draft={draft}
        set={(changes) => setDraft({ ...draft, ...changes })}
        errors={problem?.errors ?? []}
      />
    </EditPanel>
  );
}
