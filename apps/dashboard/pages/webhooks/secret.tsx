import { useEffect, useRef, useState } from 'preact/hooks';
import { Moment } from '../../parts/moment.js';

/** A secret as it was answered, once. It is in a component's state only: with the page it is gone. */
export type Shown = {
  readonly url: string;
  readonly secret: string;
  /** Of the one before it. */
  readonly previousUntil?: string;
};

/** What cannot be copied for whoever reads is chosen for them: a clipboard is for pages of a secure address only. */
async function copy(from: HTMLElement | null, text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  } catch {
    if (from !== null) getSelection()?.selectAllChildren(from);
    return 'Chosen: copy it with your keyboard';
  }
}

function Before({ until }: { readonly until: string }) {
  return Date.parse(until) > Date.now() ? (
    <p>
      Until <Moment at={until} exact /> what is sent is signed with the one before as well.
    </p>
  ) : (
    <p>The one before does not hold any more.</p>
  );
}

export function Secret({ of, onDone }: { readonly of: Shown; readonly onDone: () => void }) {
  const notice = useRef<HTMLElement>(null);
  const text = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState('');
  useEffect(() => {
    // What was clicked is gone with its form or dialog, and this cannot be read later.
    notice.current?.focus();
    setCopied('');
  }, [of]);
  return (
    <section class="notice good secret" aria-label="Secret" tabIndex={-1} ref={notice}>
      <strong>The secret of {of.url}</strong>
      <p>
        <code class="id" ref={text}>
          {of.secret}
        </code>
      </p>
      <p>It is not shown again: put it where the receiver verifies signatures with it.</p>
      {of.previousUntil !== undefined && <Before until={of.previousUntil} />}
      <div class="actions">
        <button type="button" onClick={() => void copy(text.current, of.secret).then(setCopied)}>
          Copy
        </button>
        <button type="button" onClick={onDone}>
          I have it
        </button>
        <span class="faint" role="status">
          {copied}
        </span>
      </div>
    </section>
  );
}
