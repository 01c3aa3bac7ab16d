import { z } from 'zod';
import type { SyncRecord, SyncStream } from '#lib/ports';

/** Stream → the newest day that an upload told of, `YYYY-MM-DD`. */
export const newestDaysSchema = z.record(z.string(), z.string());
export type StoredDays = z.infer<typeof newestDaysSchema>;

const days: Readonly<Record<SyncStream, string>> = {
  subscriptions: 'as_of',
  charges: 'occurred_on',
  usage: 'occurred_at',
};
/** What once happened stays in every later export, while a subscription and its dates can vanish from one. */
const HISTORY: readonly SyncStream[] = ['charges', 'usage'];

/** How far an upload goes: exports do not say when they were made. */
export class NewestDays {
  readonly #newest = new Map<string, string>();

  /** `today`: a day that has not come says nothing of when the export was made. */
  constructor(private readonly today: string) {}

  add({ stream, data }: SyncRecord): void {
    const [day] = /^\d{4}-\d{2}-\d{2}/.exec(String(data[days[stream]])) ?? [];
    if (day === undefined || day > this.today) return;
    if (day > (this.#newest.get(stream) ?? '')) this.#newest.set(stream, day);
  }

  /** Whether an upload of before went further: by the history that both hold, or else by what it is the truth of. */
  olderThan(before: StoredDays): boolean {
    const shared = HISTORY.filter((stream) => this.#newest.has(stream) && stream in before);
    const judged = shared.length > 0 ? shared : (['subscriptions'] as const);
    const order = judged.map((stream) =>
      (this.#newest.get(stream) ?? '').localeCompare(before[stream] ?? '', 'en'),
    );
    return order.some((one) => one < 0) && !order.some((one) => one > 0);
  }

  /** The newest days of this upload and those before. */
  since(before: StoredDays = {}): StoredDays {
    const newest = Object.fromEntries(this.#newest);
    const later = Object.entries(before).filter(([stream, day]) => day > (newest[stream] ?? ''));
    return { ...newest, ...Object.fromEntries(later) };
  }
}
