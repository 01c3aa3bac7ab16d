import type { Tested } from '../../api/webhooks.js';
import type { Problem } from '../../api/problem.js';
import { Said, type SaidTone } from '../../parts/said.js';
import { length } from '../../words/amounts.js';

/** One test: on its way, or what came of it. */
export type Test = {
  readonly url: string;
  readonly tested?: Tested;
  readonly problem?: Problem;
};

function toneOf({ tested, problem }: Test): SaidTone {
  if (problem !== undefined) return 'bad';
  if (tested === undefined) return 'plain';
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
    <Said
      title={of === undefined ? undefined : `Test of ${of.url}`}
      tone={of === undefined ? 'plain' : toneOf(of)}
      dismiss={dismiss}
    >
      {of !== undefined && <p>{saidOf(of)}</p>}
    </Said>
  );
}
