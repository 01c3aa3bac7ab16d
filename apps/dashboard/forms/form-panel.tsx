import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/problem.js';
import { ProblemNotice } from '../parts/notice.js';
import { Panel } from '../parts/panel.js';

type Given = {
  readonly title: string;
  readonly aside?: ComponentChildren;
  /** Above the fields: what it will do, or what stands against it. */
  readonly above?: ComponentChildren;
  readonly problem: Problem | undefined;
  readonly confirm: string;
  readonly disabled: boolean;
  readonly submit: (event: Event) => void;
  readonly onClose: () => void;
  /** The fields. */
  readonly children: ComponentChildren;
};

/** A form that is opened beneath the heading of a page: refused, it stays, and says why. */
export function FormPanel({ title, aside, above, problem, children, ...form }: Given) {
  const { confirm, disabled, submit, onClose } = form;
  return (
    <Panel title={title} aside={aside}>
      {above}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <form class="fields" onSubmit={submit}>
        {children}
        <div class="actions">
          <button type="submit" class="primary" disabled={disabled}>
            {confirm}
          </button>
          <button type="button" onClick={onClose}>
            Close
          </button>
        </div>
      </form>
    </Panel>
  );
}
