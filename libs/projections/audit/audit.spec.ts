import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { corruptEvent, EventStoreError, type RecordedEvent } from '#lib/event-store/port';
import { link, ORIGIN } from './chain.js';
import { DigestFolder, parseDigest, seal, verifyAudit, type ReadLog, type VerifyOptions } from './index.js';

const keys = generateKeyPairSync('ed25519');
const others = generateKeyPairSync('ed25519');
const EVENTS = 60;

const eventAt = (position: number): RecordedEvent => ({
  id: `00000000-0000-7000-8000-${String(position).padStart(12, '0')}`,
  type: position % 3 === 0 ? 'RunSucceeded' : 'RunQueued',
  data: { run: `r-${position}`, counts: { read: position, written: 0 } },
  metadata: { v: 1, at: 1_790_000_000_000 + position, tenant: 'default', actor: 'test', correlation: 'c' },
  stream: `schedule-${position % 4}`,
  revision: Math.floor(position / 4),
  position,
});
const written = (): RecordedEvent[] => Array.from({ length: EVENTS }, (_, n) => eventAt(n + 1));

const readerOf =
  (log: readonly RecordedEvent[]): ReadLog =>
  async (after, limit) =>
    log.filter(({ position }) => position > after).slice(0, limit);

let path: string;
let folder: DigestFolder;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'syncopate-audit-'));
  folder = new DigestFolder(path);
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

/** A log of sixty events, sealed after each twenty. */
async function sealedLog(key = keys.privateKey): Promise<RecordedEvent[]> {
  const log = written();
  for (const upTo of [20, 40, 60])
    await seal({ read: readerOf(log.slice(0, upTo)), folder, now: () => 1_790_000_000_000 + upTo, key });
  return log;
}

const verified = (log: readonly RecordedEvent[], more: Partial<VerifyOptions> = {}) =>
  verifyAudit({ read: readerOf(log), folder, publicKey: keys.publicKey, ...more });
const kinds = async (log: readonly RecordedEvent[], more: Partial<VerifyOptions> = {}) =>
  (await verified(log, more)).findings.map(({ kind }) => kind);
const anchor = (number: number) => parseDigest(readFileSync(join(path, `00000000${number}.json`), 'utf8'));

/** Each way in which one record can be made to say something else, whatever sums are kept beside it. */
const edits: Readonly<Record<string, (event: RecordedEvent) => RecordedEvent>> = {
  stream: (event) => ({ ...event, stream: 'schedule-x' }),
  revision: (event) => ({ ...event, revision: event.revision + 1 }),
  id: (event) => ({ ...event, id: event.id.replace('7000', '7001') }),
  type: (event) => ({ ...event, type: 'RunFailed' }),
  data: (event) => ({ ...event, data: { ...event.data, run: 'r-0' } }),
  'a count in data': (event) => ({ ...event, data: { ...event.data, counts: { read: 0, written: 0 } } }),
  'what data does not say': (event) => ({ ...event, data: { ...event.data, more: null } }),
  'time in metadata': (event) => ({ ...event, metadata: { ...event.metadata, at: 0 } }),
  'actor in metadata': (event) => ({ ...event, metadata: { ...event.metadata, actor: 'someone' } }),
  'tenant in metadata': (event) => ({ ...event, metadata: { ...event.metadata, tenant: 'other' } }),
};

describe('a log that was sealed', () => {
  test('is as it was sealed, and what came since is said to be unsealed', async () => {
    const log = [...(await sealedLog()), { ...eventAt(61) }];
    const { findings, digests, events, sealedUpTo, chain, unsealed } = await verified(log);
    expect({ findings, digests, events, sealedUpTo, unsealed }).toEqual({
      findings: [],
      digests: 3,
      events: 61,
      sealedUpTo: 60,
      unsealed: 1,
    });
    expect(chain).toBe(log.slice(0, 60).reduce(link, ORIGIN));
  });

  test.each(Object.entries(edits))('shows any event of which the %s was changed', async (_, edit) => {
    const log = await sealedLog();
    for (let at = 0; at < log.length; at += 1) {
      const changed = log.map((event, n) => (n === at ? edit(event) : event));
      const { findings } = await verified(changed);
      const after = Math.floor(at / 20) * 20;
      expect(findings).toEqual([
        expect.objectContaining({ kind: 'events_altered', after, upTo: after + 20 }),
      ]);
    }
  });

  test('shows any event that is gone, doubled, or in the place of another', async () => {
    const log = await sealedLog();
    for (let at = 0; at < log.length - 1; at += 1) {
      const gone = log.filter((_, n) => n !== at);
      expect(await kinds(gone)).toContain(at === 59 ? 'log_truncated' : 'events_altered');
      const moved = gone.map((event, n) => (n < at ? event : { ...event, position: n + 1 }));
      expect((await kinds(moved)).length).toBeGreaterThan(0);
      const doubled = log.flatMap((event, n) => (n === at ? [event, event] : [event]));
      const renumbered = doubled.map((event, n) => ({ ...event, position: n + 1 }));
      expect(await kinds(renumbered)).toContain('events_altered');
      const swapped = [...log];
      swapped[at] = { ...log[at + 1]!, position: at + 1 };
      swapped[at + 1] = { ...log[at]!, position: at + 2 };
      expect(await kinds(swapped)).toContain('events_altered');
    }
  });

  test('shows that its end was cut off, wherever', async () => {
    const log = await sealedLog();
    for (let length = 0; length < log.length; length += 1)
      expect(await kinds(log.slice(0, length))).toContain('log_truncated');
  });

  test('shows a digest that is gone, changed, or not signed with the key', async () => {
    const log = await sealedLog();
    const second = join(path, '000000002.json');
    const text = readFileSync(second, 'utf8');
    rmSync(second);
    expect(await kinds(log)).toEqual(['digest_missing']);
    writeFileSync(second, text.replace('"events":20', '"events":19'));
    expect(await kinds(log)).toEqual(
      expect.arrayContaining(['digest_altered', 'not_signed', 'events_altered']),
    );
    writeFileSync(second, `${text} `);
    expect(await kinds(log)).toEqual(['digest_altered']);
    writeFileSync(second, text);
    expect(await kinds(log)).toEqual([]);
    expect(await kinds(log, { publicKey: others.publicKey })).toEqual(Array(3).fill('not_signed'));
  });

  test('shows the newest digests that are gone by one that was kept elsewhere, and how far that one has sealed it', async () => {
    const log = [...(await sealedLog()), eventAt(61)];
    const anchors = [anchor(3)];
    for (const number of [3, 2]) rmSync(join(path, `00000000${number}.json`));
    expect(await verified(log)).toMatchObject({ findings: [], sealedUpTo: 20, unsealed: 41 });
    const { findings, ...report } = await verified(log, { anchors });
    expect(findings).toEqual([
      { kind: 'digest_missing', number: 2, message: 'digests 2 to 3 are not in the folder' },
    ]);
    expect(report).toMatchObject({ digests: 1, sealedUpTo: 60, unsealed: 1 });
    expect(report.chain).toBe(anchors[0]!.digest.chain);
    rmSync(join(path, '000000001.json'));
    expect(await kinds(log, { anchors })).toEqual(['digest_missing', 'not_sealed']);
  });

  test('of which events are damaged, each is named, and so are the pieces that they lie in, and no others', async () => {
    const log = await sealedLog();
    const damagedAt = (...positions: readonly number[]): ReadLog => {
      const read = readerOf(log);
      return async (after, limit) => {
        const page = await read(after, limit);
        const damaged = page.find(({ position }) => positions.includes(position));
        if (damaged === undefined) return page;
        throw corruptEvent(damaged.stream, damaged.revision, damaged.position);
      };
    };
    for (const position of [1, 7, 20, 21, 60]) {
      const { findings, events } = await verified(log, { read: damagedAt(position) });
      const piece = Math.ceil(position / 20) * 20;
      expect(findings).toEqual([
        { kind: 'log_damaged', message: expect.stringContaining(`(position ${position})`) },
        expect.objectContaining({ kind: 'events_altered', after: piece - 20, upTo: piece }),
      ]);
      expect(events).toBe(59);
    }
    const both = await verified(log, { read: damagedAt(41, 42) });
    expect(both.findings.map(({ kind }) => kind)).toEqual(['log_damaged', 'log_damaged', 'events_altered']);
    expect(both).toMatchObject({ events: 58, sealedUpTo: 60 });
  });

  test('whose file cannot be read on, is read as far as it goes', async () => {
    const log = await sealedLog();
    const read: ReadLog = async (after, limit) => {
      if (after >= 20) throw new EventStoreError('corrupt_event', 'the file is damaged');
      return readerOf(log.slice(0, 20))(after, limit);
    };
    const report = await verified(log, { read });
    expect(report.findings).toEqual([{ kind: 'log_damaged', message: 'the file is damaged' }]);
    expect(report.sealedUpTo).toBe(20);
  });

  test('proves nothing by an empty folder', async () => {
    const log = await sealedLog();
    for (const name of readdirSync(path)) rmSync(join(path, name));
    expect(await kinds(log)).toEqual(['not_sealed']);
  });
});

describe('a log that was changed by somebody who sealed it anew', () => {
  async function forged(): Promise<readonly RecordedEvent[]> {
    const log = (await sealedLog()).map((event, at) => (at === 25 ? edits['data']!(event) : event));
    for (const name of readdirSync(path)) rmSync(join(path, name));
    await seal({ read: readerOf(log), folder, now: () => 0, key: others.privateKey });
    return log;
  }

  test('is shown by the signature', async () => {
    expect(await kinds(await forged())).toEqual(['not_signed']);
  });

  test('is shown by a digest that was kept elsewhere, also without a key', async () => {
    await sealedLog();
    const [kept, early] = [anchor(3), anchor(1)];
    rmSync(path, { recursive: true });
    folder.last();
    const log = await forged();
    expect(await kinds(log, { publicKey: undefined })).toEqual([]);
    expect(await kinds(log, { publicKey: undefined, anchors: [kept, early] })).toEqual([
      'digest_missing',
      'anchor_differs',
    ]);
    expect(await kinds(log.slice(0, 50), { publicKey: undefined, anchors: [kept] })).toContain(
      'log_truncated',
    );
  });
});

describe('sealing', () => {
  test('does nothing where nothing is new, and goes on where it was', async () => {
    const log = await sealedLog();
    const again = () => seal({ read: readerOf(log), folder, now: () => 0, key: keys.privateKey });
    expect(await again()).toEqual([]);
    log.push(eventAt(61));
    expect(await again()).toEqual([expect.objectContaining({ number: 4, after: 60, upTo: 61, events: 1 })]);
    expect(await kinds(log)).toEqual([]);
  });

  test('is refused where the log is another one, or lost its end', async () => {
    const log = await sealedLog();
    const refused = { code: 'corrupt_event', message: expect.stringContaining('digest 3') as unknown };
    const on = (changed: readonly RecordedEvent[]) =>
      seal({ read: readerOf(changed), folder, now: () => 0, key: undefined });
    await expect(on(log.slice(0, 59))).rejects.toMatchObject(refused);
    const other = log.map((event) => (event.position === 50 ? edits['id']!(event) : event));
    await expect(on([...other, eventAt(61)])).rejects.toMatchObject(refused);
    expect(folder.numbers()).toEqual([1, 2, 3]);
  });

  test('by two at once leaves one chain of digests', async () => {
    const log = written();
    const one = (turn?: () => Promise<void>) =>
      seal({ read: readerOf(log), folder, now: () => 0, ...(turn === undefined ? {} : { turn }) });
    await one(async () => void (await one()));
    expect(folder.numbers()).toEqual([1]);
    expect(await kinds(log, { publicKey: undefined })).toEqual([]);
  });
});
