import { useState } from 'preact/hooks';
import { create } from '../api/commands.js';
import type { Connection } from '../api/connections.js';
import type { Page } from '../api/shapes.js';
import { errorsOf, useJudgement, warningsOf } from '../forms/judgement.js';
import { RecurrenceFields } from '../forms/recurrence-fields.js';
import { useSubmission } from '../forms/submission.js';
import { useAnswer } from '../live/answer.js';
import { ofConnections } from '../live/changes.js';
import { ProblemNotice } from '../parts/notice.js';
import { Heading, Panel } from '../parts/panel.js';
import { go, to } from '../routing/route.js';
import { bodyOf, newSchedule, type ScheduleDraft } from './create/draft.js';
import { OwnerFields, PolicyFields, WorkFields } from './create/fields.js';
import { Preview } from './create/preview.js';

/** Before anybody said whose it is, there is nothing to judge: that a form is empty at first is no mistake. */
const complete = ({ user, connection, provider }: ScheduleDraft): boolean =>
  [user, connection, provider].every((value) => value.trim() !== '');

function useCreation() {
  const [draft, setDraft] = useState(newSchedule);
  const [sent, setSent] = useState(false);
  const body = bodyOf(draft);
  const submission = useSubmission({
    body,
    send: create,
    onDone: ({ id = '' }) => go(to(['schedules', id])),
  });
  const judgement = useJudgement(complete(draft) || sent ? body : undefined);
  const submit = (event: Event): void => {
    setSent(true);
    submission.submit(event);
  };
  const set = (draft: ScheduleDraft): void => {
    submission.forget();
    setDraft(draft);
  };
  const { busy, problem } = submission;
  return { draft, set, busy, problem, judgement, submit };
}

export function CreatePage() {
  const connections = useAnswer<Page<Connection>>('/v1/connections?limit=200', ofConnections);
  const { draft, set, busy, problem, judgement, submit } = useCreation();
  const errors = errorsOf(judgement);
  const given = { draft, set, errors };
  return (
    <>
      <Heading title="New schedule" />
      <form class="create" onSubmit={submit}>
        <div class="stack">
          {problem !== undefined && <ProblemNotice problem={problem} />}
          <Panel title="Whose, and what">
            <div class="fields">
              <OwnerFields {...given} connections={connections.data?.items ?? []} />
              <WorkFields {...given} />
            </div>
          </Panel>
          <Panel title="When">
            <div class="fields">
              <RecurrenceFields
                draft={draft.recurrence}
                set={(recurrence) => set({ ...draft, recurrence })}
                errors={errors}
              />
            </div>
          </Panel>
          <Panel title="How">
            <div class="fields">
              <PolicyFields {...given} />
            </div>
          </Panel>
          <div class="actions">
            <button type="submit" class="primary" disabled={busy}>
              Create schedule
            </button>
          </div>
        </div>
        <Preview judgement={judgement} errors={errors} warnings={warningsOf(judgement)} draft={draft} />
      </form>
    </>
  );
}
