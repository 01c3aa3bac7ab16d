import type { Tested } from '../../api/webhooks.js';
import type { Problem } from '../../api/problem.js';
import { length } from '../../words/amounts.js';

/** One test: on its way, or what came of it. */
export type Test = {
  readonly url: string;
  readonly tested?: Tested;
  readonly problem?: Problem;
};

function toneOf({ tested, problem }: Test): string {
  if (problem !== undefined) return 'bad';
  if (tested === undefined) return '';
  return tested.kind === 'delivered' ? 'good' : 'bad';
}

function saidOf({ tested, problem }: Test): string {
  if (problem !== undefined) return `${problem.title}: ${problem.detail}`;
  if (tested === undefined) return 'On its way …';
  const took = `after ${length(tested.durationMs)}`;
  return tested.kind === 'delivered'
    ? `It was taken with status ${tested.status} ${took}.`
    : `It was not taken, ${took}: ${tested.message ?? `status ${tested.status}`}`;
}

export function TestResult({ of, dismiss }: { readonly of: Test | undefined; readonly dismiss: () => void }) {
  return (
    <div role="status" aria-live="polite">
      {of !== undefined && (
        <div class={`notice ${toneOf(of)}`}>
          <div class="split">
            <strong>Test of {of.url}</strong>
            <button type="button" class="link" onClick={dismiss}>
              Dismiss
            </button>
          </div>
          <p>{saidOf(of)}</p>
        </div>
      )}
    </div>
  );
}
