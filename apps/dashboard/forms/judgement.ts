import { useEffect, useState } from 'preact/hooks';
import { judge } from '../api/commands.js';
import { told, type FieldError, type Problem } from '../api/problem.js';
import type { Finding, Judged } from '../api/shapes.js';

/** What the service says to a definition while it is typed; `pending`: it has not seen the last letter yet. */
export type Judgement = {
  readonly pending: boolean;
  readonly judged: Judged | undefined;
  readonly problem: Problem | undefined;
};

const TYPED_MS = 350;

const NONE: Judgement = { pending: false, judged: undefined, problem: undefined };

/** `body` undefined: not yet. */
export function useJudgement(body: object | undefined): Judgement {
  const [judgement, setJudgement] = useState(NONE);
  const text = body === undefined ? undefined : JSON.stringify(body);
  useEffect(() => {
    if (text === undefined) return setJudgement(NONE);
    const abort = new AbortController();
    setJudgement((before) => ({ ...before, pending: true }));
    const timer = setTimeout(() => {
      judge(JSON.parse(text) as object, abort.signal).then(
        (judged) => setJudgement({ pending: false, judged, problem: undefined }),
        (error: unknown) => {
          if (!abort.signal.aborted)
            setJudgement({ pending: false, judged: undefined, problem: told(error) });
        },
      );
    }, TYPED_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text]);
  return judgement;
}

const located = ({ field, message }: Finding): FieldError => ({ field, message });

/** Everything that speaks against it, by field. */
export const errorsOf = ({ judged, problem }: Judgement): readonly FieldError[] => [
  ...(judged?.findings ?? []).filter(({ severity }) => severity === 'error').map(located),
  ...(problem?.errors ?? []),
];

export const warningsOf = ({ judged }: Judgement): readonly Finding[] =>
  (judged?.findings ?? []).filter(({ severity }) => severity === 'warning');
