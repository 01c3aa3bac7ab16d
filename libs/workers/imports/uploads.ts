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

/** There is nothing in it: what was uploaded before stays. */
export class UploadEmpty extends Error {
  override readonly name = 'UploadEmpty';
  constructor() {
    super('the file is empty: nothing was stored, and what was there before stays');
  }
}

export class UploadTooLarge extends Error {
  override readonly name = 'UploadTooLarge';
  constructor(readonly limit: number) {
    super(`the file is larger than ${Math.floor(limit / 1024 ** 2)} MiB`);
  }
}

/** The disk, or somebody's share of it, is full: nothing is wrong with the file. */
export class UploadStorageFull extends Error {
  override readonly name = 'UploadStorageFull';
  readonly code = 'storage_full';
  constructor() {
    super('the disk under the import folder is full; nothing was stored');
  }
}

const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes(String((error as NodeJS.ErrnoException).code));

const PARTIAL = '.partial-';
/** Whoever has written nothing for so long was killed: others may be writing, where schedulers share the folder. */
const DEAD_MS = 3_600_000;

/** Removes what killed processes left half-written. */
async function sweep(root: string): Promise<void> {
  const before = Date.now() - DEAD_MS;
  for (const tenant of await readdir(root, { withFileTypes: true })) {
    if (!tenant.isDirectory()) continue;
    for (const connection of await readdir(join(root, tenant.name), { withFileTypes: true }))
      if (connection.isDirectory()) await sweepOne(join(root, tenant.name, connection.name), before);
  }
}

async function sweepOne(folder: string, before: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(PARTIAL)) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && found.mtimeMs < before) await rm(path, { force: true });
  }
}

/**
 * Stores uploads under `<tenant>/<connection>/<digest>`: streamed, so that a large one costs no memory; whole or not at
 * all, so that a connector never reads half a file; and under its content's name, so that the same file again is the
 * same file. Older uploads of the connection are removed once it names the new one: a connector that reads one keeps
 * its handle.
 */
export class Uploads {
  #swept = false;
  /** Stored and not named by their connection yet, by path: how many uploads of that content. */
  readonly #unnamed = new Map<string, number>();

  constructor(
    private readonly root: string,
    private readonly limit: number,
  ) {}

  /** @throws {UploadTooLarge} {@link UploadEmpty} {@link UploadStorageFull} nothing is left behind. */
  async store(
    owner: { readonly tenant: string; readonly connection: string },
    content: AsyncIterable<Uint8Array>,
  ): Promise<Upload> {
    const folder = this.#folder(owner);
    const partial = join(folder, `${PARTIAL}${randomUUID()}`);
    // Once a process, beside its first upload: what it cannot remove stays for the next.
    if (!this.#swept) void sweep(this.root).catch(() => {});
    this.#swept = true;
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
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await pipeline(content, measured, createWriteStream(partial, { mode: 0o600, flush: true }));
      if (bytes === 0) throw new UploadEmpty();
      const digest = hash.digest('hex');
      const path = join(folder, digest);
      this.#unnamed.set(path, (this.#unnamed.get(path) ?? 0) + 1);
      await rename(partial, path).catch((error: unknown) => {
        this.#named(path);
        throw error;
      });
      return { file: `${owner.tenant}/${owner.connection}/${digest}`, bytes, digest };
    } catch (error) {
      await rm(partial, { force: true });
      throw isFull(error) ? new UploadStorageFull() : error;
    }
  }

  /**
   * The connection names this upload now: its others are not needed any more. One that came at the same time, and is about
   * to be named itself, is: whether it is older tells nothing of which is named last.
   */
  async prune(
    owner: { readonly tenant: string; readonly connection: string },
    digest: string,
  ): Promise<void> {
    const folder = this.#folder(owner);
    this.#named(join(folder, digest));
    const coming = new Set(this.#unnamed.keys());
    const own = await stat(join(folder, digest)).catch(() => undefined);
    // A later one has taken its place.
    if (own === undefined) return;
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      if (name === digest || name.startsWith(PARTIAL) || coming.has(path)) continue;
      // A later one than this is about to be named itself, by another scheduler perhaps.
      const other = await stat(path).catch(() => undefined);
      if (other === undefined || other.mtimeMs >= own.mtimeMs || this.#unnamed.has(path)) continue;
      await rm(path, { force: true });
    }
  }

  /** Removes everything that was uploaded for a connection. */
  async remove(owner: { readonly tenant: string; readonly connection: string }): Promise<void> {
    await rm(this.#folder(owner), { recursive: true, force: true });
  }

  /** What was stored is not going to be named, now at least: the next upload may remove it. */
  release(owner: { readonly tenant: string; readonly connection: string }, digest: string): void {
    this.#named(join(this.#folder(owner), digest));
  }

  #folder({ tenant, connection }: { readonly tenant: string; readonly connection: string }): string {
    return join(this.root, tenant, connection);
  }

  #named(path: string): void {
    const left = (this.#unnamed.get(path) ?? 0) - 1;
    if (left > 0) this.#unnamed.set(path, left);
    else this.#unnamed.delete(path);
  }
}
