import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build, create, root, start } from './process.js';

const MONTHLY = { frequency: 'monthly', days: [1] };

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  build();
  folder = mkdtempSync(join(tmpdir(), 'syncopate-audited-'));
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(at('private.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(at('public.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sealing = (digests: string): readonly string[] => [
  'env',
  `SYNCOPATE_AUDIT_FOLDER=${digests}`,
  `SYNCOPATE_AUDIT_KEY_FILE=${at('private.pem')}`,
  'SYNCOPATE_AUDIT_SECONDS=1',
];

/** What the command line says of a data folder. */
function audit(
  data: string,
  ...words: readonly string[]
): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'dist/apps/cli/main.js'), 'audit', '--folder', at('digests'), ...words],
    { env: { ...process.env, NODE_OPTIONS: '', SYNCOPATE_DATA: data }, encoding: 'utf8' },
  );
  return { code: status, said: stdout + stderr };
}

/** Waits until all of the log is sealed: the service has something to do each second. */
async function settled(data: string): Promise<string> {
  for (;;) {
    const { said } = audit(data, '--public-key', at('public.pem'));
    if (said.includes('; 0 events after it')) return said;
  }
}

/** Changes events of a copy of the log, with sums that fit again: as somebody would who knows how they are made. */
function changed(name: string, sql: string): string {
  cpSync(at('data'), at(name), { recursive: true });
  const db = new DatabaseSync(join(at(name), 'events.sqlite'));
  db.exec(sql);
  const events = db.prepare(
    'SELECT position, revision, lower(hex(e.id)) AS id, name, type, data, metadata FROM events e JOIN streams s ON s.id = e.stream_id',
  );
  const update = db.prepare('UPDATE events SET checksum = ? WHERE position = ?');
  for (const { position, revision, id, name: stream, type, data, metadata } of events.all()) {
    const uuid = String(id).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    const sum = `${position} ${revision} ${uuid} ${stream}\0${type}\0${data}\0${metadata}`;
    update.run(crc32(sum) | 0, Number(position));
  }
  db.close();
  return at(name);
}

test('given a service that seals its log, nobody can change it unseen, and an older copy of it is sealed no further', async () => {
  const service = await start(at('data'), sealing(at('digests')));
  for (let n = 0; n < 12; n += 1) await create(service.url, `n-${n}`, MONTHLY);
  expect(await settled(at('data'))).toContain('all is as it was sealed');
  service.process.kill('SIGTERM');
  expect(await service.exit).toBe(0);

  expect(audit(changed('same', 'SELECT 1'), '--public-key', at('public.pem'))).toMatchObject({ code: 0 });
  const ways = {
    type: "UPDATE events SET type = 'ScheduleDeleted' WHERE position = 9",
    data: "UPDATE events SET data = json_set(data, '$.more', 1) WHERE position = 9",
    metadata: "UPDATE events SET metadata = json_set(metadata, '$.at', 1) WHERE position = 9",
    id: "UPDATE events SET id = x'00000000000070008000000000000000' WHERE position = 9",
    stream: `UPDATE streams SET name = name || 'x' WHERE id = (SELECT stream_id FROM events WHERE position = 9)`,
  };
  for (const [name, sql] of Object.entries(ways)) {
    const { code, said } = audit(changed(`changed ${name}`, sql));
    expect({ name, code, said }).toMatchObject({ code: 3, said: expect.stringContaining('events_altered') });
  }
  const damaged = changed('damaged', 'SELECT 1');
  const file = new DatabaseSync(join(damaged, 'events.sqlite'));
  file.exec("UPDATE events SET type = 'ScheduleDeleted' WHERE position = 9");
  const last = Number(file.prepare('SELECT max(position) AS head FROM events').get()?.['head']);
  file.close();
  expect(audit(damaged)).toMatchObject({
    code: 3,
    said: expect.stringMatching(
      new RegExp(`sealed up to position ${last},[^]*log_damaged:.*position 9\\)[^]*events_altered`),
    ),
  });
  const digests = readdirSync(at('digests'));
  const newest = digests.at(-1) ?? '';
  renameSync(join(at('digests'), newest), at(newest));
  const anchored = audit(at('data'), '--anchor', at(newest));
  const message = `digest_missing: digest ${digests.length} is not in the folder`;
  expect(anchored).toMatchObject({ code: 3, said: expect.stringContaining(message) });
  expect(anchored.said).toContain(`sealed up to position ${last},`);
  renameSync(at(newest), join(at('digests'), newest));
  const gone = audit(changed('gone', 'DELETE FROM events WHERE position = 9'));
  expect(gone).toMatchObject({ code: 3, said: expect.stringContaining('log_damaged') });
  const shorter = changed('shorter', 'DELETE FROM events WHERE position > 20');
  expect(audit(shorter)).toMatchObject({ code: 3, said: expect.stringContaining('log_truncated') });

  const made = readdirSync(at('digests'));
  for (const end of ['', '-wal', '-shm']) rmSync(join(shorter, `read-model.sqlite${end}`), { force: true });
  const older = await start(shorter, sealing(at('digests')));
  await create(older.url, 'later', MONTHLY);
  while (!older.errors().includes('is not the one that was sealed')) await fetch(`${older.url}/healthz`);
  older.process.kill('SIGTERM');
  expect(await older.exit).toBe(0);
  expect(readdirSync(at('digests'))).toEqual(made);
}, 60_000);

test('given a key that is none, or no folder to seal into, a service says so and does not start', async () => {
  writeFileSync(at('wrong.pem'), 'no key');
  const wrong = [
    'env',
    `SYNCOPATE_AUDIT_FOLDER=${at('other')}`,
    `SYNCOPATE_AUDIT_KEY_FILE=${at('wrong.pem')}`,
  ];
  const refused = await start(at('none'), wrong);
  expect(await refused.exit).toBe(1);
  expect(refused.errors()).toContain('SYNCOPATE_AUDIT_KEY_FILE');
  const alone = await start(at('none'), ['env', `SYNCOPATE_AUDIT_KEY_FILE=${at('private.pem')}`]);
  expect(await alone.exit).toBe(1);
  expect(alone.errors()).toContain('SYNCOPATE_AUDIT_FOLDER');
  writeFileSync(at('a-file'), '');
  for (const none of [at('a-file'), join(at('a-file'), 'below')]) {
    const nowhere = await start(at('none'), ['env', `SYNCOPATE_AUDIT_FOLDER=${none}`]);
    expect(await nowhere.exit).toBe(1);
    expect(nowhere.errors()).toContain(`SYNCOPATE_AUDIT_FOLDER: ${none} is no folder that digests`);
    expect(nowhere.errors()).not.toMatch(/^ +at /m);
  }
}, 30_000);
