import { useRef, useState } from 'preact/hooks';
import { Prose } from './prose.js';
import { told, type Problem } from '../api/problem.js';

/** What became of one thing that was asked for each of several. */
export type Outcome = { readonly id: string; readonly name: string; readonly problem?: Problem };
export type Outcomes = {
  readonly key: number;
  readonly what: string;
  readonly done: readonly Outcome[];
  /** How many are still on their way. */
  readonly open: number;
};

export type Item = { readonly id: string; readonly name: string };

/** So many at once: a thousand rows must not take every connection of the browser. */
const AT_ONCE = 3;

const refused = ({ done }: Outcomes): readonly Outcome[] =>
  done.filter(({ problem }) => problem !== undefined);
const over = (outcomes: Outcomes): boolean => outcomes.open === 0 && refused(outcomes).length === 0;

/** The newest first. What went well makes room for what is asked next; a refusal stays until somebody has read it. */
const withNew = (before: readonly Outcomes[], latest: Outcomes): readonly Outcomes[] =>
  before.some(({ key }) => key === latest.key)
    ? before.map((one) => (one.key === latest.key ? latest : one))
    : [latest, ...before.filter((one) => !over(one))];

export function useOutcomes() {
  const [outcomes, setOutcomes] = useState<readonly Outcomes[]>([]);
  const runs = useRef(0);
  const run = async (
    what: string,
    items: readonly Item[],
    act: (item: Item) => Promise<unknown>,
  ): Promise<void> => {
    const key = (runs.current += 1);
    let rest = [...items];
    let done: readonly Outcome[] = [];
    const show = (): void => {
      const latest = { key, what, done, open: items.length - done.length };
      setOutcomes((before) => withNew(before, latest));
    };
    show();
    const worker = async (): Promise<void> => {
      for (let item = rest[0]; item !== undefined; item = rest[0]) {
        rest = rest.slice(1);
        const current = item;
        const outcome = await act(current).then(
          () => current,
          (error: unknown) => ({ ...current, problem: told(error) }),
        );
        done = [...done, outcome];
        show();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  };
  return { outcomes, run, dismiss: () => setOutcomes([]) };
}

function summary(outcomes: Outcomes): string {
  const { what, done, open } = outcomes;
  const bad = refused(outcomes).length;
  const well = done.length - bad;
  const parts = [
    ...(well > 0 ? [`${well} done`] : []),
    ...(bad > 0 ? [`${bad} refused`] : []),
    ...(open > 0 ? [`${open} on the way`] : []),
  ];
  return `${what}: ${parts.join(', ')}`;
}

/** Told item by item, and to screen readers as it comes. */
export function OutcomeList({
  outcomes,
  dismiss,
}: {
  readonly outcomes: readonly Outcomes[];
  readonly dismiss: () => void;
}) {
  return (
    <div role="status" aria-live="polite">
      {outcomes.map((one, index) => (
        <div key={one.key} class={refused(one).length > 0 ? 'notice bad' : 'notice good'}>
          <div class="split">
            <strong>{summary(one)}</strong>
            {index === 0 && (
              <button type="button" class="link" onClick={dismiss}>
                {outcomes.length > 1 ? 'Dismiss all' : 'Dismiss'}
              </button>
            )}
          </div>
          <ul>
            {one.done.map(({ id, name, problem }) => (
              <li key={id}>
                <b>{name}</b>{' '}
                {problem === undefined ? 'done' : <Prose text={`${problem.title}: ${problem.detail}`} />}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
