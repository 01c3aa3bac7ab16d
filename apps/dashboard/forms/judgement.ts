import { judge } from '../api/commands.js';
import type { FieldError, Problem } from '../api/problem.js';
import type { Finding, Judged } from '../api/shapes.js';
import { useWhileTyped } from './while-typed.js';

/** What the service says to a definition while it is typed; `pending`: it has not seen the last letter yet. */
export type Judgement = {
  readonly pending: boolean;
  readonly judged: Judged | undefined;
  readonly problem: Problem | undefined;
};

/** `body` undefined: not yet. */
export function useJudgement(body: object | undefined): Judgement {
  const { answer: judged, pending, problem } = useWhileTyped(body, judge);
  return { judged, pending, problem };
}

const located = ({ field, message }: Finding): FieldError => ({ field, message });

/** Everything that speaks against it, by field. */
export const errorsOf = ({ judged, problem }: Judgement): readonly FieldError[] => [
  ...(judged?.findings ?? []).filter(({ severity }) => severity === 'error').map(located),
  ...(problem?.errors ?? []),
];

export const warningsOf = ({ judged }: Judgement): readonly Finding[] =>
  (judged?.findings ?? []).filter(({ severity }) => severity === 'warning');
