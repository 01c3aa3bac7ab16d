import type { FieldError } from '../../api/problem.js';
import type { Finding } from '../../api/shapes.js';
import type { Judgement } from '../../forms/judgement.js';
import { Moment } from '../../parts/moment.js';
import { Prose } from '../../parts/prose.js';
import { Panel } from '../../parts/panel.js';
import { knownZone } from '../../words/time.js';
import type { ScheduleDraft } from './draft.js';

type Given = {
  readonly judgement: Judgement;
  readonly errors: readonly FieldError[];
  readonly warnings: readonly Finding[];
  readonly draft: ScheduleDraft;
};

function Verdict({ judgement, errors }: Pick<Given, 'judgement' | 'errors'>) {
  const { judged, problem, pending } = judgement;
  if (problem !== undefined && problem.errors === undefined) return <p class="error">{problem.detail}</p>;
  if (judged?.valid === true && !pending) return <p class="good">Nothing speaks against it.</p>;
  if (errors.length === 0) return <p class="faint">{pending ? 'Checking …' : 'Fill in whose it is.'}</p>;
  return (
    <ul class="findings">
      {errors.map(({ field, message }) => (
        <li key={`${field} ${message}`} class="error">
          <code>{field}</code> <Prose text={message} />
        </li>
      ))}
    </ul>
  );
}

/** What the service says of it before it is there. */
export function Preview({ judgement, errors, warnings, draft }: Given) {
  const { zone, spread } = draft.recurrence;
  const occurrences = judgement.judged?.occurrences ?? [];
  return (
    <aside class="preview">
      <Panel title="Check">
        {/* Without the times below: they change every second, and would be read out each time. */}
        <div aria-live="polite">
          <Verdict judgement={judgement} errors={errors} />
          {warnings.map(({ code, field, message }) => (
            <p key={`${code} ${field}`} class="notice warn">
              <Prose text={message} zone={knownZone(draft.recurrence.zone)} />
            </p>
          ))}
        </div>
      </Panel>
      <Panel title="It would be due">
        {occurrences.length === 0 ? (
          <p class="faint">Told once it is said when.</p>
        ) : (
          <ol class="lines plainlist">
            {occurrences.map(({ nominal }) => (
              <li key={nominal}>
                <Moment at={nominal} zone={knownZone(zone)} away />
              </li>
            ))}
          </ol>
        )}
        {occurrences.length > 0 && spread.trim() !== '' && (
          <p class="faint">Each starts at its own moment within {spread} minutes after that.</p>
        )}
        {occurrences.length > 0 && <p class="faint">Times of {knownZone(zone)}</p>}
      </Panel>
    </aside>
  );
}
