import { useEffect, useState } from 'preact/hooks';
import { request } from '../api/client.js';
import { told, type Problem } from '../api/problem.js';
import { access, enterKey } from '../api/session.js';
import { useStore } from '../api/store.js';
import { ProblemNotice } from '../parts/notice.js';

/** Any question will do: whether it is answered is the answer. */
const ASKED = '/v1/connections?limit=1';

function KeyForm({ wrong }: { readonly wrong: boolean }) {
  const [key, setKey] = useState('');
  const submit = (event: Event): void => {
    event.preventDefault();
    enterKey(key.trim());
  };
  return (
    <form class="card" onSubmit={submit}>
      <h1>Syncopate</h1>
      <p>This service answers to API keys. Enter one of those that it was started with.</p>
      {wrong && (
        <div class="notice bad" role="alert">
          <strong>This key is not accepted.</strong>
          <p>It is none that the service knows, or it has ended.</p>
        </div>
      )}
      <div class="field">
        <label for="key">API key</label>
        <input
          id="key"
          type="password"
          autoComplete="off"
          autoFocus
          required
          value={key}
          onInput={(event) => setKey(event.currentTarget.value)}
        />
        <p class="hint">Kept in this tab until it is closed, and sent to this service only.</p>
      </div>
      <button type="submit" class="primary">
        Open
      </button>
    </form>
  );
}

/** Nothing is shown before the service has let somebody in. */
export function Gate() {
  const state = useStore(access);
  const [problem, setProblem] = useState<Problem>();
  const look = (): void => {
    setProblem(undefined);
    request(ASKED).catch((error: unknown) => {
      const said = told(error);
      if (said.status !== 401) setProblem(said);
    });
  };
  useEffect(() => {
    if (state === 'unknown') look();
  }, [state]);
  return (
    <main class="gate">
      {problem !== undefined && <ProblemNotice problem={problem} retry={look} />}
      {(state === 'needed' || state === 'wrong') && <KeyForm wrong={state === 'wrong'} />}
      {state === 'unknown' && problem === undefined && <p class="faint">Asking the service …</p>}
    </main>
  );
}
