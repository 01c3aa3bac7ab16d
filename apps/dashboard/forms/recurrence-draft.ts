import type { Frequency, MonthDay, Recurrence, Weekday } from '../api/shapes.js';
import { lengthOf, ownZone } from '../words/time.js';
import { numberOf, pieces } from './typed.js';

/** A recurrence while it is being typed: text, as it stands in the fields. What is wrong with it the service says. */
export type RecurrenceDraft = {
  readonly frequency: Frequency;
  readonly zone: string;
  readonly minute: string;
  readonly times: string;
  readonly weekdays: readonly Weekday[];
  readonly days: string;
  readonly shortMonth: 'clamp' | 'skip';
  readonly every: string;
  readonly unit: Unit;
  readonly expression: string;
  /** Minutes. */
  readonly spread: string;
  /** Fields that no input shows: they stay as they are. */
  readonly kept: Partial<Recurrence>;
};

export const units = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
export type Unit = keyof typeof units;

export const frequencies = ['hourly', 'daily', 'weekly', 'monthly', 'interval', 'cron'] as const;
export const weekdayNames = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const satisfies readonly Weekday[];

export const newRecurrence: RecurrenceDraft = {
  frequency: 'daily',
  zone: ownZone,
  minute: '0',
  times: '03:00',
  weekdays: ['monday'],
  days: '1',
  shortMonth: 'clamp',
  every: '30',
  unit: 'minutes',
  expression: '0 3 * * *',
  spread: '',
  kept: {},
};

/** `1`, `last`, `2nd tuesday`, `last friday`; anything else as it is, for the service to refuse. */
export function monthDay(text: string): MonthDay | string {
  const [, nth = '', weekday = ''] = /^(last|\d+)(?:st|nd|rd|th)?\s+([a-z]+)$/i.exec(text) ?? [];
  const named = weekdayNames.find((day) => weekday !== '' && day.startsWith(weekday.toLowerCase()));
  if (named !== undefined)
    return { nth: nth.toLowerCase() === 'last' ? 'last' : Number(nth), weekday: named };
  if (/^last( day)?$/i.test(text)) return 'last';
  const number = /^(\d+)(?:st|nd|rd|th)?$/i.exec(text)?.[1];
  return number === undefined ? text : Number(number);
}

const dayText = (day: MonthDay): string =>
  typeof day === 'object' ? `${day.nth} ${day.weekday}` : String(day);

function rule(draft: RecurrenceDraft): object {
  const times = pieces(draft.times);
  switch (draft.frequency) {
    case 'hourly':
      return { minute: numberOf(draft.minute) };
    case 'daily':
      return { times };
    case 'weekly':
      return { weekdays: draft.weekdays, times };
    case 'monthly':
      return { days: pieces(draft.days).map(monthDay), times, shortMonth: draft.shortMonth };
    case 'interval': {
      const every = numberOf(draft.every);
      return { every: typeof every === 'number' ? every * units[draft.unit] : every };
    }
    case 'cron':
      return { expression: draft.expression.trim() };
    default:
      return draft.frequency satisfies never;
  }
}

/** What is sent. */
export function recurrenceOf(draft: RecurrenceDraft): object {
  const { frequency, zone, spread, kept } = draft;
  const minutes = numberOf(spread);
  const { anchor, ...rest } = kept;
  return {
    frequency,
    ...rule(draft),
    zone: zone.trim(),
    ...(spread.trim() === ''
      ? {}
      : { spread: typeof minutes === 'number' ? Math.round(minutes * 60) : minutes }),
    ...rest,
    ...(frequency === 'interval' && anchor !== undefined ? { anchor } : {}),
  };
}

function everyOf(every: string | number): Pick<RecurrenceDraft, 'every' | 'unit'> {
  const seconds = lengthOf(every) / 1_000;
  const unit =
    (['days', 'hours', 'minutes'] as const).find((name) => seconds % units[name] === 0) ?? 'seconds';
  return { every: String(seconds / units[unit]), unit };
}

/** A form filled with what there is. */
export function draftOf(recurrence: Recurrence): RecurrenceDraft {
  const { frequency, zone, minute, times, weekdays, days, shortMonth, every, expression, spread, ...kept } =
    recurrence;
  return {
    ...newRecurrence,
    frequency,
    zone: zone ?? 'UTC',
    ...(minute === undefined ? {} : { minute: String(minute) }),
    ...(times === undefined ? {} : { times: times.join(', ') }),
    ...(weekdays === undefined ? {} : { weekdays }),
    ...(days === undefined ? {} : { days: days.map(dayText).join(', ') }),
    ...(shortMonth === undefined ? {} : { shortMonth }),
    ...(every === undefined ? {} : everyOf(every)),
    ...(expression === undefined ? {} : { expression }),
    spread: spread === undefined ? '' : String(lengthOf(spread) / 60_000),
    kept,
  };
}
