import { reasonOf } from './reasons.js';
import { unknownState, type State } from './states.js';

const states: Readonly<Record<string, State>> = {
  active: { word: 'active', tone: 'good', hint: 'Its schedules may act on it' },
  suspended: { word: 'suspended', tone: 'bad', hint: 'Its schedules are paused until it is restored' },
};

export const connectionState = (status: string): State => states[status] ?? unknownState(status);

type Suspension = { readonly cause?: string; readonly message?: string };

/** What the service says when nobody gave a reason: no more than the cause does. */
const SAYS_NOTHING = 'suspended on request';

/** Why it is suspended: the cause, and what whoever did it, or the provider, had to say. */
export function suspensionText({ cause = 'request', message }: Suspension): string {
  const reason = reasonOf(cause);
  return message === undefined || message === SAYS_NOTHING ? reason : `${reason}: ${message}`;
}
