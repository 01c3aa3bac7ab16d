import { createReadStream, type Stats } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '#lib/ports';

export type InboxOptions = {
  readonly folder: string;
  readonly environment: Environment;
  /**
   * Takes a file for a connection. `later`: nothing is wrong with it, but it cannot be taken now.
   * @throws when it cannot be taken: it is set aside with the reason logged.
   */
  readonly take: (connection: string, content: AsyncIterable<Uint8Array>) => Promise<'taken' | 'later'>;
  readonly onTaken: (connection: string) => void;
  readonly onError: (what: string, error: unknown) => void;
};

const LOOK_EVERY = 2_000;
const NAME = /^([A-Za-z0-9][A-Za-z0-9_@:-]{0,127})(\.[A-Za-z0-9.]{1,20})?$/;

/**
 * A folder that is looked at: a file named after a connection (`ann-netflix.zip`) is imported for it and removed. A file
 * is taken once it has stopped growing between two looks. One that is refused goes to `refused/`, where a person finds it;
 * one that comes during an outage stays, and is taken by a later look.
 */
export class Inbox {
  readonly #seen = new Map<string, string>();
  #cancel: (() => void) | undefined;
  #looking: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(private readonly options: InboxOptions) {}

  async start(): Promise<void> {
    await mkdir(join(this.options.folder, 'refused'), { recursive: true, mode: 0o700 });
    this.#arm();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await this.#looking;
  }

  #arm(): void {
    if (this.#stopped) return;
    this.#cancel = this.options.environment.timers.after(LOOK_EVERY, () => {
      this.#looking = this.#look()
        .catch((error: unknown) => this.options.onError('inbox', error))
        .then(() => this.#arm());
    });
  }

  async #look(): Promise<void> {
    const names = (await readdir(this.options.folder, { withFileTypes: true }))
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map(({ name }) => name);
    for (const name of this.#seen.keys()) if (!names.includes(name)) this.#seen.delete(name);
    for (const name of names) {
      const shape = shapeOf(await stat(join(this.options.folder, name)));
      if (this.#seen.get(name) === shape) await this.#take(name);
      else this.#seen.set(name, shape);
    }
  }

  async #take(name: string): Promise<void> {
    const { folder, onTaken, onError } = this.options;
    const path = join(folder, name);
    this.#seen.delete(name);
    const connection = NAME.exec(name)?.[1];
    try {
      if (connection === undefined) throw new Error('name the file after its connection: ann-netflix.zip');
      if ((await this.#give(connection, path)) === 'later') return;
      await rm(path, { force: true });
      onTaken(connection);
    } catch (error) {
      onError(`inbox ${name}`, error);
      await rename(path, join(folder, 'refused', name));
    }
  }

  /** Whoever takes it may not have read it to its end. */
  async #give(connection: string, path: string): Promise<'taken' | 'later'> {
    const content = createReadStream(path);
    // An error of a file that nobody reads is nobody's.
    content.on('error', () => {});
    try {
      return await this.options.take(connection, content);
    } finally {
      content.destroy();
    }
  }
}

const shapeOf = ({ size, mtimeMs }: Stats): string => `${size} ${mtimeMs}`;
