import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, expect, test } from '@jest/globals';
import { libfaketime } from '../../scripts/faketime.mjs';
import { build, create, start } from './process.js';

const EVERY = 2_000;
const HOUR = 3_600;
/** Seconds off the machine's clock, one after another: an hour and most of a day, both ways, and before the beginning. */
const STEPS = [HOUR, 0, 20 * HOUR, -HOUR, 20 * HOUR + 60, 48 * HOUR];
const PATIENCE = 30_000;

beforeAll(build, 120_000);

type Event = { readonly type: string; readonly at: string; readonly data: Record<string, unknown> };

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (const begun = performance.now(); performance.now() - begun < PATIENCE; await pause(50)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`${what}: not within ${PATIENCE} ms`);
}

/** What was decided of a schedule's occurrences: single ones, and ranges that were missed. */
function decisions(events: readonly Event[]) {
  return events.flatMap(({ type, at, data }) => {
    const [nominal, first, last] = [data['nominal'], data['first'], data['last']].map(Number) as [
      number,
      number,
      number,
    ];
    if (type === 'OccurrencesMissed') return [{ first, last, at: Date.parse(at) }];
    const decided = type === 'RunQueued' && data['attempt'] === 1 && data['trigger'] !== 'manual';
    return decided || type === 'OccurrenceSkipped'
      ? [{ first: nominal, last: nominal, at: Date.parse(at) }]
      : [];
  });
}

test(
  'given a wall clock that is stepped under the running service, both ways, each occurrence is decided once, none early, none left out',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'syncopate-clock-'));
    const offset = join(folder, 'offset');
    const step = (seconds: number): void => {
      writeFileSync(`${offset}.new`, `${seconds >= 0 ? '+' : ''}${seconds}\n`);
      renameSync(`${offset}.new`, offset);
    };
    step(0);
    const service = await start(join(folder, 'data'), [
      'env',
      `LD_PRELOAD=${libfaketime()}`,
      `FAKETIME_TIMESTAMP_FILE=${offset}`,
      'FAKETIME_NO_CACHE=1',
      'FAKETIME_DONT_FAKE_MONOTONIC=1',
    ]);
    try {
      const made = await create(service.url, 'stepped', { frequency: 'interval', every: EVERY / 1_000 });
      expect(made?.status).toBe(201);
      const path = `${service.url}/v1/schedules/${made!.id}`;
      const events = async (): Promise<readonly Event[]> =>
        ((await (await fetch(`${path}/events`)).json()) as { items: Event[] }).items;
      const now = async (): Promise<number> => Date.parse((await fetch(service.url)).headers.get('date')!);
      const ends = async (): Promise<number> =>
        (await events()).filter(({ type }) => /^Run(Succeeded|Failed|Snoozed)$/.test(type)).length;
      for (const seconds of STEPS) {
        const [before, reached] = [
          await ends(),
          Math.max(0, ...decisions(await events()).map(({ last }) => last)),
        ];
        step(seconds);
        // The header's text is made once a second.
        const clock = await until(`a clock at ${seconds} s`, async () => {
          const told = await now();
          return Math.abs(told - Date.now() - seconds * 1_000) < 5_000 ? told : undefined;
        });
        // Set back, it has had the occurrences of that time: what can still be asked for is a run by hand.
        if (clock < reached) {
          const asked = await fetch(`${path}/trigger`, { method: 'POST' });
          expect(asked.status).toBe(202);
        }
        await until(`an attempt that ended after a step to ${seconds} s`, async () =>
          (await ends()) > before ? true : undefined,
        );
        if (clock < reached) continue;
        await until(`a decision of what is due after a step to ${seconds} s`, async () =>
          decisions(await events()).some(({ last }) => last > clock) ? true : undefined,
        );
      }
      const decided = decisions(await events()).toSorted((a, b) => a.first - b.first);
      expect(decided.length).toBeGreaterThan(STEPS.length);
      expect(decided.filter(({ at, last }) => at < last)).toEqual([]);
      const gaps = decided.slice(1).filter(({ first }, index) => first !== decided[index]!.last + EVERY);
      expect(gaps).toEqual([]);
    } finally {
      service.process.kill('SIGTERM');
      expect(await service.exit).toBe(0);
      rmSync(folder, { recursive: true });
    }
  },
  STEPS.length * PATIENCE + 60_000,
);
