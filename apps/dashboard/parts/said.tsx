import type { ComponentChildren } from 'preact';

export type SaidTone = 'good' | 'bad' | 'plain';

/** What came of something, until it is dismissed; told to screen readers as it comes. `title` undefined: nothing yet. */
export function Said({
  title,
  tone,
  dismiss,
  children,
}: {
  readonly title: string | undefined;
  readonly tone: SaidTone;
  readonly dismiss: () => void;
  readonly children?: ComponentChildren;
}) {
  return (
    <div role="status" aria-live="polite">
      {title !== undefined && (
        <div class={`notice ${tone}`}>
          <div class="split">
            <strong>{title}</strong>
            <button type="button" class="link" onClick={dismiss}>
              Dismiss
            </button>
          </div>
          {children}
        </div>
      )}
    </div>
  );
}
