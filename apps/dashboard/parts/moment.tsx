import { inUtc, inZone, knownZone, ownZone, relative } from '../words/time.js';
import { useNow } from './clock.js';

type Given = {
  readonly at: string | undefined | null;
  /** The schedule's; the reader's own where nothing has one. */
  readonly zone?: string | undefined;
  /** Beneath it: how far away that is. */
  readonly away?: boolean;
  /** With seconds, even where there are none: for what stands beneath others. */
  readonly exact?: boolean;
};

/** An instant: in its zone, and in UTC for whoever points at it. */
export function Moment({ at, zone = ownZone, away = false, exact = false }: Given) {
  const now = useNow();
  if (at === undefined || at === null) return <span class="faint">–</span>;
  return (
    <time dateTime={at} title={`${inUtc(at)}\n(shown in ${knownZone(zone)})`} class="moment">
      {inZone(at, zone, now, exact)}
      {away && <small>{relative(at, now)}</small>}
    </time>
  );
}

export function Ago({ at }: { readonly at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={inUtc(at)}>
      {relative(at, now)}
    </time>
  );
}
