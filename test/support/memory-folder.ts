import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SHARED_MEMORY = '/dev/shm';

/** A new folder in memory where the machine has a file system there, else on disk: for files that may be lost with it. */
export const memoryFolder = (prefix: string): string =>
  mkdtempSync(join(existsSync(SHARED_MEMORY) ? SHARED_MEMORY : tmpdir(), prefix));
