import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from '@jest/globals';
import { MemorySink, SqliteSink } from './index.js';
import { sinkContract } from './testing/sink-contract.js';

const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'sink-')), 'records.db');
const scope = {
  tenant: 'default',
  user: 'user-1',
  connection: 'c1',
  provider: 'spotify',
  connector: 'spotify.webapi',
};

sinkContract('MemorySink', async () => new MemorySink());
sinkContract('SqliteSink', async () => new SqliteSink(newPath()));

describe('SqliteSink', () => {
  test('opened anew: the rows are still there, for their owner alone', async () => {
    const path = newPath();
    const sink = new SqliteSink(path);
    await sink.write(scope, [{ stream: 'subscriptions', key: 'k', data: { plan: 'premium' } }], 1);
    await sink.close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await new SqliteSink(path).subscriptions({ tenant: 'default' })).toMatchObject([
      { plan: 'premium' },
    ]);
  });

  test('made by an older version: columns that are new are added', async () => {
    const path = newPath();
    await new SqliteSink(path).close();
    const older = new DatabaseSync(path);
    for (const column of ['plan', 'gone_since'])
      older.exec(`ALTER TABLE subscriptions DROP COLUMN ${column}`);
    older.close();
    const sink = new SqliteSink(path);
    await sink.write(scope, [{ stream: 'subscriptions', key: 'k', data: { plan: 'premium' } }], 1);
    expect(await sink.subscriptions({ tenant: 'default' })).toMatchObject([{ plan: 'premium' }]);
  });

  test('a batch with one record that cannot be stored: nothing of it is', async () => {
    const sink = new SqliteSink(newPath());
    const good = { stream: 'usage', key: 'k', data: {} } as const;
    const bad = { stream: 'usage', key: undefined as unknown as string, data: {} } as const;
    await expect(sink.write(scope, [good, bad], 1)).rejects.toThrow();
    expect((await sink.counts({ tenant: 'default' })).usage).toBe(0);
  });
});
