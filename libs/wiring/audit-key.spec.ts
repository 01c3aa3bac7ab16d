import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { assertAuditable } from './audit.js';

const folder = mkdtempSync(join(tmpdir(), 'syncopate-audit-key-'));
afterAll(() => rmSync(folder, { recursive: true }));
const auditKeyFile = join(folder, 'audit.pem');
const { privateKey } = generateKeyPairSync('ed25519');
writeFileSync(auditKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));

test.each([0o600, 0o400, 0o440])('a key that others may not read signs: mode %i', (mode) => {
  chmodSync(auditKeyFile, mode);
  expect(() => assertAuditable({ auditKeyFile })).not.toThrow();
});

test.each([0o644, 0o604, 0o602])(
  'one that anybody on the machine may read or replace is refused: mode %i',
  (mode) => {
    chmodSync(auditKeyFile, mode);
    expect(() => assertAuditable({ auditKeyFile })).toThrow(
      /^SYNCOPATE_AUDIT_KEY_FILE: others may read or change .*audit\.pem: run chmod 600 on it$/,
    );
  },
);
