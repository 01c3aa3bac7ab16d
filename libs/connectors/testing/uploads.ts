import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryVault } from '#lib/credentials';
import type { SyncOutcome } from '#lib/ports';
import type { Connector } from '../kit/index.js';
import { Rig } from './rig.js';

/** Undefined where the file is not there yet. */
export type Upload = string | Buffer | undefined;
export type More = { name?: string; config?: object; connector?: Connector };

/** Uploads to a connector of files: each lies in a folder of its own, as `name` unless told otherwise. */
export function uploadsTo(connector: Connector, name: string) {
  const uploaded = (content: Upload, more: More = {}) => {
    const folder = mkdtempSync(join(tmpdir(), `${connector.manifest.provider}-`));
    const file = join(folder, more.name ?? name);
    if (content !== undefined) writeFileSync(file, content);
    const config = { file, ...more.config };
    const rig = new Rig({ connector: more.connector ?? connector, config, vault: new MemoryVault() });
    return { rig, file };
  };
  const outcomeOf = async (content: Upload, more: More = {}): Promise<SyncOutcome> =>
    uploaded(content, more).rig.run();
  return { uploaded, outcomeOf };
}

export const failed = (errorClass: string, code: string): object => ({
  kind: 'failed',
  failure: { class: errorClass, code },
});
