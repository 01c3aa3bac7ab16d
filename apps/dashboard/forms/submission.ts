import { useState } from 'preact/hooks';
import { freshKey } from '../api/commands.js';
import { told, type Problem } from '../api/problem.js';

export type Submission = {
  readonly busy: boolean;
  /** Why it was refused, until it is sent again. */
  readonly problem: Problem | undefined;
  readonly submit: (event: Event) => void;
  readonly forget: () => void;
};

type Given<Body, Answer> = {
  readonly body: Body;
  /** `key`: of what the form says now. */
  readonly send: (body: Body, key: string) => Promise<Answer>;
  readonly onDone: (answer: Answer, body: Body) => void;
};

/** A form on its way. One key for one request: sent twice, it is done once; changed, it is another request. */
export function useSubmission<Body extends object, Answer>({
  body,
  send,
  onDone,
}: Given<Body, Answer>): Submission {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const text = JSON.stringify(body);
  const [keyed, setKeyed] = useState({ text, key: freshKey() });
  const submit = (event: Event): void => {
    event.preventDefault();
    const { key } = keyed.text === text ? keyed : { key: freshKey() };
    setKeyed({ text, key });
    setBusy(true);
    setProblem(undefined);
    send(body, key)
      .then(
        (answer) => onDone(answer, body),
        (error: unknown) => setProblem(told(error)),
      )
      .finally(() => setBusy(false));
  };
  return { busy, problem, submit, forget: () => setProblem(undefined) };
}
