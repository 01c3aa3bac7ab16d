import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A file that a user brought, stored where connectors read. */
export type Upload = {
  /** As connection settings name it: relative to the import folder. */
  readonly file: string;
  readonly bytes: number;
  /** SHA-256, in hex. */
  readonly digest: string;
};

export class UploadTooLarge extends Error {
  override readonly name = 'UploadTooLarge';
  constructor(readonly limit: number) {
    super(`the file is larger than ${Math.floor(limit / 1024 ** 2)} MiB`);
  }
}

/**
 * Stores uploads under `<tenant>/<connection>/<digest>`: streamed, so that a large one costs no memory; whole or not at
 * all, so that a connector never reads half a file; and under its content's name, so that the same file again is the
 * same file. Older uploads of the connection are removed once it names the new one: a connector that reads one keeps
 * its handle.
 */
export class Uploads {
  constructor(
    private readonly root: string,
    private readonly limit: number,
  ) {}

  /** @throws {UploadTooLarge}; nothing is left behind. */
  async store(
    owner: { readonly tenant: string; readonly connection: string },
    content: AsyncIterable<Uint8Array>,
  ): Promise<Upload> {
    const folder = join(this.root, owner.tenant, owner.connection);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const partial = join(folder, `.partial-${randomUUID()}`);
    const hash = createHash('sha256');
    let bytes = 0;
    const { limit } = this;
    const measured = new Transform({
      transform(chunk: Uint8Array, _encoding, next) {
        bytes += chunk.length;
        if (bytes > limit) return next(new UploadTooLarge(limit));
        hash.update(chunk);
        next(null, chunk);
      },
    });
    try {
      await pipeline(content, measured, createWriteStream(partial, { mode: 0o600, flush: true }));
      const digest = hash.digest('hex');
      await rename(partial, join(folder, digest));
      return { file: `${owner.tenant}/${owner.connection}/${digest}`, bytes, digest };
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  }

  /** The connection names this upload now: its others are not needed any more. */
  async prune(
    owner: { readonly tenant: string; readonly connection: string },
    digest: string,
  ): Promise<void> {
    const folder = join(this.root, owner.tenant, owner.connection);
    const own = await stat(join(folder, digest)).catch(() => undefined);
    // A later one has taken its place.
    if (own === undefined) return;
    for (const name of await readdir(folder)) {
      if (name === digest || name.startsWith('.partial-')) continue;
      // A later one than this is about to be named itself.
      const other = await stat(join(folder, name)).catch(() => undefined);
      if (other !== undefined && other.mtimeMs < own.mtimeMs) await rm(join(folder, name), { force: true });
    }
  }
}
