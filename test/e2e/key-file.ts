import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { roles, type Role } from '#lib/contracts/api';
import { Service } from './support.js';

export const keyOf = (name: string): string => `syncopate_${name}_0123456789abcdef`;
export const bearer = (name: string): Record<string, string> => ({ authorization: `Bearer ${keyOf(name)}` });
export const entry = (name: string, role: Role, more: object = {}): object => ({
  name,
  role,
  sha256: createHash('sha256').update(keyOf(name)).digest('hex'),
  ...more,
});

/** One of each role, of two other tenants, and one that has ended. */
export const given = [
  ...roles.map((role) => entry(role, role)),
  entry('acme', 'write', { tenant: 'acme' }),
  entry('bolt', 'write', { tenant: 'bolt' }),
  entry('over', 'operate', { expiresAt: '2026-01-01T00:00:00Z' }),
];

export const schedule = (connection: string): object => ({
  user: 'ann',
  connection,
  provider: 'anything',
  recurrence: { frequency: 'monthly', days: [1] },
});

/** A service for the tests of a file, and the file of its keys. */
export function keyedService(): {
  readonly service: Service;
  readonly path: string;
  readonly folder: string;
} {
  let service: Service;
  let folder: string;
  const pathIn = (): string => join(folder, 'keys.json');
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'syncopate-keys-'));
    writeFileSync(pathIn(), JSON.stringify({ keys: given }));
    service = await Service.start({ apiKeysFile: pathIn() });
  });
  afterAll(async () => {
    await service.stop();
    rmSync(folder, { recursive: true });
  });
  return {
    get service() {
      return service;
    },
    get path() {
      return pathIn();
    },
    get folder() {
      return folder;
    },
  };
}
