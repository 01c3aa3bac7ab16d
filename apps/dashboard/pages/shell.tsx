import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { apiKey, forgetKey } from '../api/session.js';
import { useStore } from '../api/store.js';
import { followWhileSeen, link } from '../live/connection.js';
import { to } from '../routing/route.js';
import { clockTime } from '../words/time.js';

const pages = [
  ['', 'Overview'],
  ['schedules', 'Schedules'],
  ['runs', 'Runs'],
  ['connections', 'Connections'],
  ['conflicts', 'Conflicts'],
  ['report', 'Report'],
  ['subscriptions', 'Subscriptions'],
  ['webhooks', 'Webhooks'],
] as const;

/** What is on the screen is the present, or it is not, and then since when. */
function LiveMark() {
  const state = useStore(link);
  return (
    <span class={`live ${state.status}`} role="status" aria-live="polite">
      {state.status === 'live' && 'live'}
      {state.status === 'connecting' && 'connecting …'}
      {state.status === 'lost' && `reconnecting since ${clockTime(state.since)}`}
    </span>
  );
}

/** Pages that are found from the list of schedules. */
const ofSchedules: ReadonlySet<string> = new Set(['new', 'bulk-changes']);

const currentAs = (name: string, page: string): 'page' | 'true' | undefined => {
  if (name === page) return 'page';
  return name === 'schedules' && ofSchedules.has(page) ? 'true' : undefined;
};

/** Pages that others lead to. */
const beneath: Readonly<Record<string, string>> = { new: 'New schedule', 'bulk-changes': 'Bulk changes' };

const titleOf = (page: string): string =>
  pages.find(([name]) => name === page)?.[1] ?? beneath[page] ?? 'No such page';

type Given = {
  readonly page: string;
  /** With what is open there. */
  readonly place: string;
  readonly children: ComponentChildren;
};

export function Shell({ page, place, children }: Given) {
  const content = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(followWhileSeen, []);
  useEffect(() => {
    document.title = `${titleOf(page)} · Syncopate`;
  }, [page]);
  useEffect(() => {
    // Whoever followed a link goes on from what it led to, not from a link that is gone.
    if (!first.current) content.current?.focus();
    first.current = false;
  }, [place]);
  return (
    <>
      <a class="skip" href="#content" onClick={(event) => (event.preventDefault(), content.current?.focus())}>
        Skip to the content
      </a>
      <header class="top">
        <a class="brand" href={to('')}>
          Syncopate
        </a>
        <nav aria-label="Pages of the dashboard">
          {pages.map(([name, title]) => (
            <a key={name} href={to(name)} aria-current={currentAs(name, page)}>
              {title}
            </a>
          ))}
        </nav>
        <div class="end">
          <LiveMark />
          {apiKey() !== undefined && (
            <button type="button" class="link" onClick={forgetKey}>
              Forget key
            </button>
          )}
          <a class="button primary" href={to('new')}>
            New schedule
          </a>
        </div>
      </header>
      <main id="content" tabIndex={-1} ref={content}>
        {children}
      </main>
    </>
  );
}
