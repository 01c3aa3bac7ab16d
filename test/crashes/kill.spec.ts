import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { seeded } from '../faults/seeded.mjs';
import { build, create, start } from './process.js';

const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 25);
const SEED = Number(process.env['CRASH_SEED'] ?? 1);
const CLIENTS = 6;
/**
 * Seconds. Often enough that starts find occurrences due, rarely enough that they are not all that a start does: the more
 * rounds, the more schedules there are in the end.
 */
const FEW_SECONDS = { frequency: 'interval', every: Math.round(10 * Math.max(1, ROUNDS / 25)) };

beforeAll(build, 120_000);

/** Which occurrence an event decides; undefined: none. */
function decided(id: string, type: string, data: Record<string, unknown>): string | undefined {
  const queues = type === 'RunQueued' && data['attempt'] === 1 && data['trigger'] !== 'manual';
  if (!queues && type !== 'OccurrenceSkipped') return undefined;
  return `${id} ${String(data['generation'])} ${String(data['nominal'])}`;
}

test(
  'given kill -9 over and over amid requests, nothing acknowledged is lost and no occurrence is decided twice',
  async () => {
    const random = seeded(SEED);
    const folder = mkdtempSync(join(tmpdir(), 'syncopate-crash-'));
    const acknowledged: string[] = [];
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
          acknowledged.push(answer.id);
          left -= 1;
          if (left === 0) service.process.kill('SIGKILL');
        }
      };
      await Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n)));
      await service.exit;
    }
    const service = await start(folder);
    const decisions = new Set<string>();
    const doubled: string[] = [];
    for (const id of acknowledged) {
      const answer = await fetch(`${service.url}/v1/schedules/${id}/events`);
      expect({ id, status: answer.status }).toEqual({ id, status: 200 });
      const { items } = (await answer.json()) as {
        items: { type: string; data: Record<string, unknown> }[];
      };
      for (const { type, data } of items) {
        const occurrence = decided(id, type, data);
        if (occurrence === undefined) continue;
        if (decisions.has(occurrence)) doubled.push(occurrence);
        decisions.add(occurrence);
      }
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(ROUNDS * 5);
    expect(decisions.size).toBeGreaterThan(0);
    expect(doubled).toEqual([]);

    const second = await start(folder);
    expect(await second.exit).toBe(1);
    expect(second.errors()).toContain('is in use by another process');

    service.process.kill('SIGTERM');
    expect(await service.exit).toBe(0);
    rmSync(folder, { recursive: true });
  },
  ROUNDS * 10_000 + 60_000,
);
