import { useState } from 'preact/hooks';
import { told, type Problem } from '../api/problem.js';

type Versioned = { readonly id: string; readonly version: number };

/**
 * A change while it is made: it names the version that the form was filled with. Where that is an old one nothing is
 * saved (412), and whoever edits decides with the newest before their eyes.
 */
export type Editing<Subject, Draft> = {
  readonly version: number;
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  readonly untouched: boolean;
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  /** As somebody else has made it, once this page has been told of it. */
  readonly newest: Subject | undefined;
  readonly save: () => void;
  readonly adopt: () => void;
  readonly insist: () => void;
};

type Given<Subject, Draft> = {
  /** As the page knows it: it changes by itself. */
  readonly subject: Subject;
  readonly filledWith: (subject: Subject) => Draft;
  /** What was changed in the form: the rest stays as it is, whoever else changes it. */
  readonly changesOf: (draft: Draft, before: Subject) => object;
  readonly update: (id: string, changes: object, version: number) => Promise<unknown>;
  readonly reload: () => void;
  readonly onSaved: () => void;
};

export function useEditing<Subject extends Versioned, Draft>(
  given: Given<Subject, Draft>,
): Editing<Subject, Draft> {
  const { subject, filledWith, reload } = given;
  // The form keeps to what it was filled with.
  const [base, setBase] = useState(subject);
  const [draft, setDraft] = useState(() => filledWith(subject));
  const [stale, setStale] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const changes = given.changesOf(draft, base);
  const untouched = Object.keys(changes).length === 0;
  const refused = (error: unknown): void => {
    const said = told(error);
    if (said.status !== 412) return setProblem(said);
    setStale(true);
    reload();
  };
  const saveAs = (version: number): void => {
    setBase({ ...base, version });
    setBusy(true);
    setProblem(undefined);
    setStale(false);
    given
      .update(base.id, changes, version)
      .then(given.onSaved, refused)
      .finally(() => setBusy(false));
  };
  const newest = stale && subject.version > base.version ? subject : undefined;
  const adopt = (): void => {
    setBase(subject);
    setDraft(filledWith(subject));
    setStale(false);
  };
  const insist = (): void => saveAs(subject.version);
  const save = (): void => saveAs(base.version);
  return { version: base.version, draft, setDraft, untouched, busy, problem, newest, save, adopt, insist };
}
