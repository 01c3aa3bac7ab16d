import { useRef, useState } from 'preact/hooks';
import { check, type Checked } from '../../api/connections.js';
import { told, type Problem } from '../../api/problem.js';
import { Said, type SaidTone } from '../../parts/said.js';
import { errorClassOf } from '../../words/reasons.js';

/** One check: on its way, or what came of it. */
type Check = { readonly id: string; readonly checked?: Checked; readonly problem?: Problem };

/** The last check that was asked for; an earlier one that is answered later is no answer to it. */
export function useCheck() {
  const [latest, setLatest] = useState<Check>();
  const asked = useRef(0);
  const start = (id: string): void => {
    const mine = (asked.current += 1);
    const show = (check: Check): void => {
      if (mine === asked.current) setLatest(check);
    };
    show({ id });
    check(id).then(
      (checked) => show({ id, checked }),
      (error: unknown) => show({ id, problem: told(error) }),
    );
  };
  const dismiss = (): void => {
    asked.current += 1;
    setLatest(undefined);
  };
  return { start, shown: <CheckResult of={latest} dismiss={dismiss} /> };
}

function toneOf({ checked, problem }: Check): SaidTone {
  if (problem !== undefined || checked?.ok === false) return 'bad';
  return checked === undefined ? 'plain' : 'good';
}

function saidOf({ checked, problem }: Check): string {
  if (problem !== undefined) return `${problem.title}: ${problem.detail}`;
  if (checked === undefined) return 'Its provider is asked …';
  if (!checked.ok) return `It does not work, ${errorClassOf(checked.class)}: ${checked.message}`;
  return checked.account === undefined ? 'It works.' : `It works, as ${checked.account}.`;
}

function CheckResult({ of, dismiss }: { readonly of: Check | undefined; readonly dismiss: () => void }) {
  return (
    <Said
      title={of === undefined ? undefined : `Check of ${of.id}`}
      tone={of === undefined ? 'plain' : toneOf(of)}
      dismiss={dismiss}
    >
      {of !== undefined && <p>{saidOf(of)}</p>}
    </Said>
  );
}
