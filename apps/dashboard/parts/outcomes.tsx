import { useState } from 'preact/hooks';
import { Prose } from './prose.js';
import { told, type Problem } from '../api/problem.js';

/** What became of one thing that was asked for each of several. */
export type Outcome = { readonly id: string; readonly name: string; readonly problem?: Problem };
export type Outcomes = {
  readonly what: string;
  readonly done: readonly Outcome[];
  /** How many are still on their way. */
  readonly open: number;
};

export type Item = { readonly id: string; readonly name: string };

/** So many at once: a thousand rows must not take every connection of the browser. */
const AT_ONCE = 3;

export function useOutcomes() {
  const [outcomes, setOutcomes] = useState<Outcomes>();
  const run = async (
    what: string,
    items: readonly Item[],
    act: (item: Item) => Promise<unknown>,
  ): Promise<void> => {
    let rest = [...items];
    let done: readonly Outcome[] = [];
    const show = (): void => setOutcomes({ what, done, open: items.length - done.length });
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
  return { outcomes, run, dismiss: () => setOutcomes(undefined) };
}

function summary({ what, done, open }: Outcomes): string {
  const refused = done.filter(({ problem }) => problem !== undefined).length;
  const well = done.length - refused;
  const parts = [
    ...(well > 0 ? [`${well} done`] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(open > 0 ? [`${open} on the way`] : []),
  ];
  return `${what}: ${parts.join(', ')}`;
}

/** Told item by item, and to screen readers as it comes. */
export function OutcomeList({
  outcomes,
  dismiss,
}: {
  readonly outcomes: Outcomes | undefined;
  readonly dismiss: () => void;
}) {
  const bad = outcomes?.done.some(({ problem }) => problem !== undefined) === true;
  return (
    <div role="status" aria-live="polite">
      {outcomes !== undefined && (
        <div class={bad ? 'notice bad' : 'notice good'}>
          <div class="split">
            <strong>{summary(outcomes)}</strong>
            <button type="button" class="link" onClick={dismiss}>
              Dismiss
            </button>
          </div>
          <ul>
            {outcomes.done.map(({ id, name, problem }) => (
              <li key={id}>
                <b>{name}</b>{' '}
                {problem === undefined ? 'done' : <Prose text={`${problem.title}: ${problem.detail}`} />}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
