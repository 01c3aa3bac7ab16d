import { DAY, type Instant } from '#lib/domain/kernel';
import type { SubscriptionFacts } from './observation.js';

const DATE_LENGTH = 'YYYY-MM-DD'.length;
/** Beyond this many periods without a word nobody should guess any more. */
const MOST_PERIODS = 24;

const dateOf = (at: Instant): string => new Date(at).toISOString().slice(0, DATE_LENGTH);

export const laterDate = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && b > a) ? b : a;

/** `3 month` is three months; anything else that cannot be read is no interval. */
function periodOf(interval: string): { readonly months: number; readonly days: number } | undefined {
  const match = /^(?:(\d{1,3}) )?(day|week|month|year)s?$/.exec(interval);
  if (match === null) return undefined;
  const count = Number(match[1] ?? 1);
  switch (match[2]) {
    case 'day':
      return { months: 0, days: count };
    case 'week':
      return { months: 0, days: 7 * count };
    case 'month':
      return { months: count, days: 0 };
    default:
      return { months: 12 * count, days: 0 };
  }
}

/** From the anchor each time, so that the 31st comes back after a short month. */
function after(anchor: string, months: number, days: number): string {
  const [year = 0, month = 1, day = 1] = anchor.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return dateOf(Date.UTC(year, month - 1 + months, Math.min(day, last)) + days * DAY);
}

/** The next renewal: as told, or counted on from a told date that has passed, for what still renews. */
export function nextRenewal(
  { renewsOn, interval, status, autoRenew }: SubscriptionFacts,
  now: Instant,
): { readonly on: string | null; readonly estimated: boolean } {
  if (status === 'cancelled' || status === 'expired' || autoRenew === false)
    return { on: null, estimated: false };
  const today = dateOf(now);
  if (renewsOn === null || renewsOn >= today) return { on: renewsOn, estimated: false };
  const period = interval === null ? undefined : periodOf(interval);
  if (period === undefined) return { on: null, estimated: false };
  for (let count = 1; count <= MOST_PERIODS; count += 1) {
    const on = after(renewsOn, period.months * count, period.days * count);
    if (on >= today) return { on, estimated: true };
  }
  return { on: null, estimated: false };
}
