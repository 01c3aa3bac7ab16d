import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ask } from '../api/client.js';
import { withPosition } from '../api/freshness.js';
import { told, type Problem } from '../api/problem.js';
import { BRISK, ofSyncs, useChanges, type Wants } from './changes.js';
import type { Pace } from './pace.js';

/** What the service last answered; beside it, what went wrong since. One does not displace the other. */
export type Answer<T> = {
  readonly data: T | undefined;
  readonly headers: Headers | undefined;
  readonly problem: Problem | undefined;
  /** The data is of an earlier question. */
  readonly old: boolean;
  readonly reload: () => void;
};

type State<T> = Pick<Answer<T>, 'data' | 'headers' | 'problem'> & { readonly path: string | undefined };

/** What is still true of an answer when the next does not come: nothing, if that was to another question. */
const without = <T>(before: State<T>, path: string, problem: Problem): State<T> =>
  before.path === path ? { ...before, problem } : { path, data: undefined, headers: undefined, problem };

/** Asks one question again and again, never twice at once: who asks meanwhile is answered by one more. */
class Question<T> {
  #asking: AbortController | undefined;
  #again = false;
  #stopped = false;

  constructor(
    readonly path: string,
    private readonly tell: (change: (before: State<T>) => State<T>) => void,
  ) {}

  ask(): void {
    if (this.#stopped) return;
    this.#again = this.#asking !== undefined;
    if (!this.#again) void this.#ask();
  }

  stop(): void {
    this.#stopped = true;
    this.#asking?.abort();
  }

  async #ask(): Promise<void> {
    const abort = new AbortController();
    this.#asking = abort;
    const { path } = this;
    try {
      const { body, headers } = await ask<T>(withPosition(path), { signal: abort.signal });
      if (!abort.signal.aborted) this.tell(() => ({ path, data: body, headers, problem: undefined }));
    } catch (error) {
      if (!abort.signal.aborted) this.tell((before) => without(before, path, told(error)));
    }
    this.#asking = undefined;
    if (this.#again) this.ask();
  }
}

/** `path` undefined: nothing is to be asked yet. */
export function useAnswer<T>(
  path: string | undefined,
  wants: Wants = ofSyncs,
  pace: Pace = BRISK,
): Answer<T> {
  const [state, setState] = useState<State<T>>({
    path: undefined,
    data: undefined,
    headers: undefined,
    problem: undefined,
  });
  const question = useMemo(() => (path === undefined ? undefined : new Question<T>(path, setState)), [path]);
  useEffect(() => {
    question?.ask();
    return () => question?.stop();
  }, [question]);
  // Whoever kept it from an earlier question means what is asked by now.
  const latest = useRef(question);
  latest.current = question;
  const reload = useCallback(() => latest.current?.ask(), []);
  useChanges(reload, wants, pace);
  const { data, headers, problem } = state;
  return { data, headers, problem, old: state.path !== path, reload };
}
