import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/problem.js';
import { Prose } from './prose.js';
import type { Answer } from '../live/answer.js';

/** What went wrong, in the service's own words. */
export function ProblemNotice({
  problem,
  retry,
}: {
  readonly problem: Problem;
  readonly retry?: () => void;
}) {
  return (
    <div class="notice bad" role="alert">
      <strong>{problem.title}</strong>
      <p>
        <Prose text={problem.detail} />
      </p>
      {problem.errors !== undefined && problem.errors.length > 0 && (
        <ul>
          {problem.errors.map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              {field !== '' && <code>{field}</code>} {message}
            </li>
          ))}
        </ul>
      )}
      {retry !== undefined && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

export function Empty({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <strong>{title}</strong>
      {children !== undefined && <p>{children}</p>}
    </div>
  );
}

/**
 * What was answered, as long as there is something; above it what went wrong since; a word where there is neither. What
 * is shown stays until something newer is there.
 */
export function Answered<T>({
  of,
  children,
}: {
  readonly of: Answer<T>;
  readonly children: (data: T) => ComponentChildren;
}) {
  return (
    <>
      {of.problem !== undefined && <ProblemNotice problem={of.problem} retry={of.reload} />}
      {of.data !== undefined ? (
        <div class={of.old ? 'old' : undefined} aria-busy={of.old}>
          {children(of.data)}
        </div>
      ) : (
        of.problem === undefined && <p class="faint">Asking …</p>
      )}
    </>
  );
}
