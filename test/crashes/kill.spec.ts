import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { Instant } from '#lib/domain/kernel';
import { scheduleStream } from '#lib/contracts/streams';
import type { RecordedEvent } from '#lib/event-store/port';
import { openSqliteEventStore } from '#lib/event-store/sqlite';
import { everyInterval, seeded } from '../faults/run.js';
import { check, type Acknowledgement, type Finding } from '../support/faults/checker.js';
import { build, create, start } from './process.js';

const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 25);
const SEED = Number(process.env['CRASH_SEED'] ?? 1);
const CLIENTS = 6;
/**
 * Seconds. Often enough that starts find occurrences due, rarely enough that they are not all that a start does: the more
 * rounds, the more schedules there are in the end.
 */
const FEW_SECONDS = { frequency: 'interval', every: Math.round(10 * Math.max(1, ROUNDS / 25)) };

/** What is due so shortly before the end may be undecided, in ms. */
const LATE = 2_000;

beforeAll(build, 120_000);

/** Of a log and what clients were told: what the checker finds wrong that is asked of a service killed over and over. */
function judged(
  events: readonly RecordedEvent[],
  acknowledged: readonly Acknowledgement[],
  endAt: Instant,
): readonly Finding[] {
  // No executor here keeps a journal.
  const times = { endAt, lateMs: LATE, leaseMs: 1_000, heartbeatMs: 200, enumerate: everyInterval };
  const properties = ['P1', 'P2', 'P13', 'P26'];
  return check(events, [], acknowledged, times).filter(({ property }) => properties.includes(property));
}

/** The last one to be started lives until it has decided something that fell due in its own time. */
async function caughtUp(url: string): Promise<void> {
  const probe = await create(url, 'probe', { frequency: 'interval', every: 1 });
  for (;;) {
    const answer = await fetch(`${url}/v1/schedules/${probe?.id}/events`);
    if ((await answer.text()).includes('"RunQueued"')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test(
  'given kill -9 over and over amid requests, nothing acknowledged is lost and each occurrence is decided once',
  async () => {
    const random = seeded(SEED);
    const folder = mkdtempSync(join(tmpdir(), 'syncopate-crash-'));
    const acknowledged: Acknowledgement[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const service = await start(folder);
      expect(service.errors()).not.toContain('cannot start');
      // Killed when so many were acknowledged, with others on their way.
      let left = 5 + Math.floor(random() * 15);
      const client = async (n: number): Promise<void> => {
        for (let k = 0; left > 0; k += 1) {
          const answer = await create(service.url, `${round}-${n}-${k}`, FEW_SECONDS);
          if (answer === undefined) return;
          if (answer.status !== 201) continue;
          const { position, events } = answer.body as { position: number; events: readonly string[] };
          const told = { stream: scheduleStream(answer.id), position, eventType: events.at(-1) ?? 'nothing' };
          acknowledged.push({ at: Date.now(), ...told });
          left -= 1;
          if (left === 0) service.process.kill('SIGKILL');
        }
      };
      await Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n)));
      await service.exit;
    }
    const service = await start(folder);
    const second = await start(folder);
    expect(await second.exit).toBe(1);
    expect(second.errors()).toContain('is in use by another process');

    await caughtUp(service.url);
    const endAt = Date.now();
    service.process.kill('SIGTERM');
    expect(await service.exit).toBe(0);

    const store = await openSqliteEventStore({ path: join(folder, 'events.sqlite') });
    const events = await store.readAll(0, 1_000_000);
    await store.close();
    expect(acknowledged.length).toBeGreaterThanOrEqual(ROUNDS * 5);
    const findings = judged(events, acknowledged, endAt);
    expect(findings.flatMap(({ violations }) => violations)).toEqual([]);
    expect(findings.filter(({ checked }) => checked === 0)).toEqual([]);
    rmSync(folder, { recursive: true });
  },
  ROUNDS * 10_000 + 60_000,
);
