import { useEffect, useState } from 'preact/hooks';
import type { Happening } from '../api/shapes.js';
import { listen } from './connection.js';
import type { Frame } from './frames.js';
import { paced } from './pace.js';

/** The last that happened, newest first. Only what is kept is parsed: in a herd that is one event of thousands. */
const KEPT = 12;
const DRAWN = { lull: 80, longest: 400 };
/** Told by what surrounds them. */
const QUIET = new Set([
  'RunQueued',
  'DeliverySucceeded',
  'RunCheckpointed',
  'ScheduleClaimed',
  'ClaimReleased',
  'ReplayRequested',
  'EventReplayed',
]);

let latest: readonly Frame[] = [];
listen((frame) => {
  if (!QUIET.has(frame.event ?? '')) latest = [frame, ...latest.slice(0, KEPT - 1)];
});

const parsed = (frames: readonly Frame[]): readonly Happening[] =>
  frames.flatMap(({ data }) => (data === undefined ? [] : [JSON.parse(data) as Happening]));

export function useRecent(): readonly Happening[] {
  const [recent, setRecent] = useState(() => parsed(latest));
  useEffect(() => {
    const draw = paced(() => setRecent(parsed(latest)), DRAWN);
    const stop = listen(draw.call);
    return () => {
      stop();
      draw.cancel();
    };
  }, []);
  return recent;
}
