import type { Happening } from '../api/shapes.js';
import { count, counted } from './amounts.js';
import { changeText, filterText } from './bulk.js';
import { errorClassOf, reasonOf } from './reasons.js';
import { words, type Tone } from './states.js';
import { inUtc, lasting } from './time.js';

/** An event in one line; what is in it comes from people and providers, and is text. */
export type Told = { readonly text: string; readonly tone: Tone };

type Data = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const inner = (value: unknown): Data => (typeof value === 'object' && value !== null ? (value as Data) : {});
const why = (data: Data): string => reasonOf(text(data['reason']));
const noted = (data: Data): string => (text(data['note']) === '' ? '' : `: “${text(data['note'])}”`);
const at = (value: unknown): string =>
  typeof value === 'number' ? inUtc(new Date(value).toISOString()) : '';

type Teller = (data: Data) => Told;
const plain =
  (text: string): Teller =>
  () => ({ text, tone: 'plain' });

const ofRuns: Readonly<Record<string, Teller>> = {
  RunQueued: (data) => ({
    text:
      number(data['attempt']) > 1
        ? `attempt ${number(data['attempt'])} waits for a place`
        : 'waits for a place',
    tone: 'busy',
  }),
  RunBuffered: plain('waits for the run before it'),
  RunStarted: (data) => ({
    text: `attempt ${number(data['attempt'])} started on ${text(data['executor'])}`,
    tone: 'busy',
  }),
  RunCheckpointed: plain('noted how far it has come'),
  RunSucceeded: (data) => ({
    text: `succeeded in ${lasting(number(data['durationMs']))}, ${counted(number(inner(data['counts'])['written']), 'record')} written`,
    tone: 'good',
  }),
  RunFailed: (data) => {
    const error = inner(data['error']);
    const said = text(error['message']);
    return {
      text: `attempt ${number(data['attempt'])} failed, ${errorClassOf(text(error['class']))}: ${said}`,
      tone: 'bad',
    };
  },
  RetryScheduled: (data) => ({
    text: `attempt ${number(data['attempt'])} follows in ${lasting(number(data['delayMs']))}`,
    tone: 'warn',
  }),
  RunSnoozed: (data) => ({
    text: `put off until ${at(data['until'])}: ${text(data['message'])}`,
    tone: 'warn',
  }),
  RunCancelRequested: (data) => ({ text: `asked to stop, because ${why(data)}`, tone: 'plain' }),
  RunCancelled: (data) => ({ text: `cancelled, because ${why(data)}`, tone: 'plain' }),
  RunAbandoned: (data) => ({ text: `given up, because ${why(data)}`, tone: 'bad' }),
  RunRedriven: plain('back in the queue'),
};

const ofSchedules: Readonly<Record<string, Teller>> = {
  ScheduleCreated: plain('created'),
  ScheduleUpdated: (data) => ({
    text: `changed: ${Object.keys(inner(data['changes'])).join(', ')}`,
    tone: 'plain',
  }),
  SchedulePaused: (data) => ({
    text: `paused, because ${reasonOf(text(data['cause']))}${noted(data)}`,
    tone: 'warn',
  }),
  ScheduleResumed: (data) => ({
    text: data['automatic'] === true ? 'resumed by itself' : 'resumed',
    tone: 'good',
  }),
  ScheduleDeleted: (data) => ({ text: `deleted${noted(data)}`, tone: 'plain' }),
  ScheduleCompleted: (data) => ({ text: `completed: ${why(data)}`, tone: 'plain' }),
  OccurrenceSkipped: (data) => ({
    text: `skipped what was due ${at(data['nominal'])}, because ${why(data)}`,
    tone: 'plain',
  }),
  OccurrencesMissed: (data) => ({
    text: `missed ${counted(number(data['count']), 'occurrence')}: ${why(data)}`,
    tone: 'warn',
  }),
};

const ofOthers: Readonly<Record<string, Teller>> = {
  ConnectionRegistered: plain('connection registered'),
  ConnectionSuspended: (data) => ({ text: `connection suspended: ${text(data['message'])}`, tone: 'bad' }),
  ConnectionRestored: (data) => ({ text: `connection restored${noted(data)}`, tone: 'good' }),
  ScheduleClaimed: (data) => ({ text: `claimed for ${words(text(data['operation']))}`, tone: 'plain' }),
  ClaimReleased: (data) => ({ text: `claim given back: ${why(data)}`, tone: 'plain' }),
  ConnectionRemoved: (data) => ({ text: `connection removed${noted(data)}`, tone: 'warn' }),
  ConsentEnding: (data) => ({ text: `consent ends ${at(data['endsAt'])}`, tone: 'warn' }),
  ProviderLimitsChanged: plain('limits changed'),
  ProviderPaused: (data) => ({
    text: `paused, because ${reasonOf(text(data['cause']))}${noted(data)}`,
    tone: 'warn',
  }),
  ProviderResumed: plain('resumed'),
  CircuitOpened: (data) => ({
    text: `breaker opened after ${counted(number(data['failures']), 'failure')}`,
    tone: 'bad',
  }),
  CircuitClosed: plain('breaker closed'),
  TenantLimitsChanged: (data) => ({
    text: `limits of tenant ${text(data['tenant'])} changed`,
    tone: 'plain',
  }),
  ConflictDetected: (data) => ({ text: text(data['message']), tone: 'warn' }),
  ConflictAcknowledged: plain('conflict acknowledged'),
  ConflictResolved: plain('conflict resolved'),
  SubscriptionChanged: (data) => ({
    text: `what is known of ${text(data['user'])}’s ${text(data['service'])} subscription changed`,
    tone: 'plain',
  }),
  WebhookRegistered: plain('webhook registered'),
  WebhookDisabled: (data) => ({
    text: `webhook disabled: ${reasonOf(text(data['cause']))}${noted(data)}`,
    tone: 'warn',
  }),
  WebhookEnabled: plain('webhook enabled'),
  DeliverySucceeded: plain('webhook delivered'),
  DeliveryFailed: (data) => ({ text: `a webhook was not delivered: ${text(data['message'])}`, tone: 'warn' }),
  DeliveryDeadLettered: plain('a webhook was given up'),
  BulkChangePlanned: (data) => ({
    text: `bulk change planned, from the ${count(number(data['from']) + 1)}. schedule on`,
    tone: 'plain',
  }),
  BulkChangeRequested: (data) => ({
    text: `${changeText(inner(data['change']))} ${counted(number(data['planned']), 'schedule')}: ${filterText(inner(data['filter']))}`,
    tone: 'plain',
  }),
  BulkChangeProgressed: plain('bulk change went on'),
  BulkChangeCompleted: (data) => ({
    text: `bulk change done: ${counted(number(data['changed']), 'schedule')} changed`,
    tone: 'good',
  }),
  BulkUndoRequested: (data) => ({ text: `bulk change to be undone${noted(data)}`, tone: 'plain' }),
  BulkUndoProgressed: plain('undoing a bulk change went on'),
  BulkUndoCompleted: (data) => ({
    text: `bulk change undone: ${counted(number(data['undone']), 'schedule')} brought back`,
    tone: 'good',
  }),
  EventParked: (data) => ({ text: `an event could not be taken: ${text(data['reason'])}`, tone: 'bad' }),
};

const tellers = { ...ofRuns, ...ofSchedules, ...ofOthers };

/** `PublicName` as `public name`, for an event that this page does not know. */
export const spelt = (type: string): string =>
  type.replaceAll(/\B[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();

export function tell({ type, data }: Pick<Happening, 'type' | 'data'>): Told {
  return Object.hasOwn(tellers, type)
    ? (tellers[type]?.(data) ?? { text: spelt(type), tone: 'plain' })
    : { text: spelt(type), tone: 'plain' };
}

/** The connection that an event is of. Its stream is `connection-<tenant>.<id>`, and only a tenant may have a dot. */
export const connectionOf = ({ stream }: Pick<Happening, 'stream'>): string | undefined =>
  stream.startsWith('connection-') ? stream.slice(stream.lastIndexOf('.') + 1) : undefined;

/** The schedule that an event is of. */
export const scheduleOf = ({ stream }: Pick<Happening, 'stream'>): string | undefined =>
  stream.startsWith('schedule-') ? stream.slice('schedule-'.length) : undefined;
