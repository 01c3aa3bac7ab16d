import { useEffect, useRef } from 'preact/hooks';
import { gaps, listen } from './connection.js';
import type { Frame } from './frames.js';
import { paced, type Pace } from './pace.js';

/** Which events make an answer old. */
export type Wants = (frame: Frame) => boolean;

/** Nothing that is shown depends on how the world was told of it. */
export const ofSyncs: Wants = ({ event = '' }) => !/^(Webhook|Delivery)/.test(event);
/** Of one schedule: the events of its own stream name it. */
export const ofSchedule =
  (id: string): Wants =>
  ({ data }) =>
    data?.includes(id) === true;
export const ofType =
  (pattern: RegExp): Wants =>
  ({ event }) =>
    pattern.test(event ?? '');
/** Of connections: whose they are, whether they are in order, and which schedules may act on them. */
export const ofConnections: Wants = ofType(/^(Connection|Consent|ScheduleClaimed|ClaimReleased)/);
/** Of what was sent out, and of one endpoint: deliveries are named by the endpoint's stream only. */
export const ofWebhooks =
  (id = ''): Wants =>
  ({ data }) =>
    data?.includes(`"stream":"webhook-${id}`) === true;

export const BRISK: Pace = { lull: 250, longest: 1_000 };
/** For answers that cost the service much. */
export const CALM: Pace = { lull: 1_500, longest: 10_000 };
/** In a herd the service holds news back from what it answers for up to three seconds: the last of it is asked for then. */
const LATER = { lull: 3_200, longest: 20_000 };

let lastHappened = Number.NEGATIVE_INFINITY;
listen(() => {
  lastHappened = performance.now();
});

/** Calls when what is shown may have changed: on events, and whenever the stream was interrupted. */
export function useChanges(reload: () => void, wants: Wants, pace: Pace = BRISK): void {
  const latest = useRef({ reload, wants });
  latest.current = { reload, wants };
  useEffect(() => {
    const act = (): void => latest.current.reload();
    const soon = paced(act, pace);
    const later = paced(act, LATER);
    const changed = (): void => {
      soon.call();
      later.call();
    };
    const stops = [
      listen((frame) => {
        if (latest.current.wants(frame)) changed();
      }),
      gaps.watch(changed),
    ];
    // What happened just before this was shown nobody says again, and the first answer may not have it yet.
    if (performance.now() - lastHappened < LATER.lull) changed();
    return () => {
      soon.cancel();
      later.cancel();
      for (const stop of stops) stop();
    };
  }, []);
}

/** For what changes without an event. Not while nobody looks. */
export function useEvery(milliseconds: number, reload: () => void): void {
  const latest = useRef(reload);
  latest.current = reload;
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) latest.current();
    }, milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}
