import { useEffect, useState } from 'preact/hooks';
import { told, type Problem } from '../api/problem.js';

/** What the service says to a form while it is filled; `pending`: it has not seen the last letter yet. */
export type WhileTyped<Answer> = {
  readonly pending: boolean;
  readonly answer: Answer | undefined;
  readonly problem: Problem | undefined;
};

const TYPED_MS = 350;

/** `body` undefined: not yet. `ask` is taken as it is when the typing stops. */
export function useWhileTyped<Body extends object, Answer>(
  body: Body | undefined,
  ask: (body: Body, signal: AbortSignal) => Promise<Answer>,
): WhileTyped<Answer> {
  const none: WhileTyped<Answer> = { pending: false, answer: undefined, problem: undefined };
  const [said, setSaid] = useState(none);
  const text = body === undefined ? undefined : JSON.stringify(body);
  useEffect(() => {
    if (text === undefined) return setSaid(none);
    const abort = new AbortController();
    setSaid((before) => ({ ...before, pending: true }));
    const timer = setTimeout(() => {
      ask(JSON.parse(text) as Body, abort.signal).then(
        (answer) => setSaid({ ...none, answer }),
        (error: unknown) => {
          if (!abort.signal.aborted) setSaid({ ...none, problem: told(error) });
        },
      );
    }, TYPED_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text]);
  return said;
}
