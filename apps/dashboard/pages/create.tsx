import { useState } from 'preact/hooks';
import { create, freshKey } from '../api/commands.js';
import type { Connection } from '../api/numbers.js';
import { told, type Problem } from '../api/problem.js';
import type { Page } from '../api/shapes.js';
import { errorsOf, useJudgement, warningsOf } from '../forms/judgement.js';
import { RecurrenceFields } from '../forms/recurrence-fields.js';
import { useAnswer } from '../live/answer.js';
import { ofType } from '../live/changes.js';
import { ProblemNotice } from '../parts/notice.js';
import { Heading, Panel } from '../parts/panel.js';
import { go, to } from '../routing/route.js';
import { bodyOf, newSchedule, type ScheduleDraft } from './create/draft.js';
import { OwnerFields, PolicyFields } from './create/fields.js';
import { Preview } from './create/preview.js';

/** Until a field was filled or sent, that it is empty is no mistake. */
const asked = (field: string, draft: ScheduleDraft): boolean =>
  !['user', 'connection', 'provider'].includes(field) || draft[field as 'user' | 'connection' | 'provider'] !== '';

export function CreatePage() {
  const connections = useAnswer<Page<Connection>>('/v1/connections?limit=200', ofType(/^Connection/));
  const [draft, setDraft] = useState(newSchedule);
  const [sent, setSent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const body = bodyOf(draft);
  const text = JSON.stringify(body);
  // One key for one definition: sent twice, it is created once; changed, it is another request.
  const [keyed, setKeyed] = useState({ text, key: freshKey() });
  const judgement = useJudgement(body);
  const errors = errorsOf(judgement).filter(({ field }) => sent || asked(field, draft));
  const submit = (event: Event): void => {
    event.preventDefault();
    const { key } = keyed.text === text ? keyed : { key: freshKey() };
    setKeyed({ text, key });
    setSent(true);
    setBusy(true);
    setProblem(undefined);
    create(body, key)
      .then(
        ({ id = '' }) => go(to(['schedules', id])),
        (error: unknown) => setProblem(told(error)),
      )
      .finally(() => setBusy(false));
  };
  const set = (draft: ScheduleDraft): void => {
    setProblem(undefined);
    setDraft(draft);
  };
  return (
    <>
      <Heading title="New schedule" />
      <form class="create" onSubmit={submit}>
        <div class="stack">
          {problem !== undefined && <ProblemNotice problem={problem} />}
          <Panel title="Whose, and what">
            <div class="fields">
              <OwnerFields draft={draft} set={set} errors={errors} connections={connections.data?.items ?? []} />
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
              <PolicyFields draft={draft} set={set} errors={errors} />
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
