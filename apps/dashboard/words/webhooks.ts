import { counted } from './amounts.js';
import { spelt } from './events.js';
import { unknownState, type State } from './states.js';

/** What an endpoint can be told of, by what it is about. The service's own list, without what is about webhooks. */
export const eventGroups = {
  Schedules: [
    'ScheduleCreated',
    'ScheduleUpdated',
    'SchedulePaused',
    'ScheduleResumed',
    'ScheduleDeleted',
    'ScheduleCompleted',
    'OccurrenceSkipped',
    'OccurrencesMissed',
  ],
  Runs: [
    'RunBuffered',
    'RunQueued',
    'RunStarted',
    'RunCheckpointed',
    'RunSucceeded',
    'RunFailed',
    'RetryScheduled',
    'RunSnoozed',
    'RunCancelRequested',
    'RunCancelled',
    'RunAbandoned',
    'RunRedriven',
  ],
  Connections: [
    'ConnectionRegistered',
    'ScheduleClaimed',
    'ClaimReleased',
    'ConnectionSuspended',
    'ConnectionRestored',
    'ConnectionRemoved',
    'ConsentEnding',
  ],
  Providers: ['ProviderLimitsChanged', 'ProviderPaused', 'ProviderResumed', 'CircuitOpened', 'CircuitClosed'],
  Tenants: ['TenantLimitsChanged'],
  Conflicts: ['ConflictDetected', 'ConflictAcknowledged', 'ConflictResolved'],
  Subscriptions: ['SubscriptionChanged'],
  'Bulk changes': [
    'BulkChangePlanned',
    'BulkChangeRequested',
    'BulkChangeProgressed',
    'BulkChangeCompleted',
    'BulkUndoRequested',
    'BulkUndoProgressed',
    'BulkUndoCompleted',
  ],
  'Events that could not be taken': ['EventParked', 'ReplayRequested', 'EventReplayed'],
} as const;

export type ToldType = (typeof eventGroups)[keyof typeof eventGroups][number];
export const groups = Object.entries(eventGroups) as readonly (readonly [string, readonly ToldType[]])[];
export const toldTypes: readonly ToldType[] = groups.flatMap(([, types]) => types);

const special: Readonly<Partial<Record<string, string>>> = {
  RunQueued: 'run waits for a place',
  RunBuffered: 'run waits for the one before it',
  RunAbandoned: 'run given up',
  RunSnoozed: 'run put off',
  CircuitOpened: 'breaker opened',
  CircuitClosed: 'breaker closed',
};

/** `RunSucceeded` as `run succeeded`. */
export const eventName = (type: string): string => special[type] ?? spelt(type);

type Filter = Readonly<
  Partial<Record<'types' | 'schedules' | 'users' | 'connections' | 'providers', readonly string[]>>
>;

/** More than these are counted: whose they are is on the endpoint's own page. */
const NAMED = 3;

/** Which events: whole groups by their name, the others one by one. */
function kindsOf(types: readonly string[] | undefined): readonly string[] {
  if (types === undefined) return ['everything'];
  const chosen = new Set(types);
  const whole = groups.filter(([, all]) => all.every((type) => chosen.has(type)));
  if (whole.length === groups.length) return ['everything'];
  const grouped = new Set<string>(whole.flatMap(([, all]) => all));
  return [
    ...whole.map(([name, all]) =>
      all.length === 1 ? eventName(all[0] ?? '') : `all of ${name.toLowerCase()}`,
    ),
    ...types.filter((type) => !grouped.has(type)).map(eventName),
  ];
}

const listed = (what: string, names: readonly string[], most: number): string =>
  names.length > most
    ? counted(names.length, what)
    : `${what}${names.length === 1 ? '' : 's'} ${names.join(', ')}`;

/** What an endpoint is told of: `run succeeded, run given up`, and beneath it whose. */
export function toldOf(filter: Filter, most = NAMED): { readonly kinds: string; readonly whose: string } {
  const kinds = kindsOf(filter.types);
  const shown = kinds.length > most ? [...kinds.slice(0, most), `${kinds.length - most} more`] : kinds;
  const narrowed = (['user', 'connection', 'provider', 'schedule'] as const).flatMap((what) => {
    const names = filter[`${what}s`];
    return names === undefined ? [] : [listed(what, names, most)];
  });
  return { kinds: shown.join(', '), whose: narrowed.length === 0 ? '' : `of ${narrowed.join('; ')}` };
}

const states: Readonly<Record<string, State>> = {
  active: { word: 'active', tone: 'good', hint: 'It is told of what happens' },
  disabled: { word: 'disabled', tone: 'bad', hint: 'Nothing is sent until it is enabled' },
  delivered: { word: 'delivered', tone: 'good', hint: 'The endpoint took it' },
  pending: { word: 'pending', tone: 'warn', hint: 'Sent again, or for the first time, when it is due' },
  dead_lettered: { word: 'given up', tone: 'bad', hint: 'Not sent again, unless somebody asks for it' },
};

export const webhookState = (status: string): State => states[status] ?? unknownState(status);
