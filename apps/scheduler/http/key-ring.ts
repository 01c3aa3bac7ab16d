import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { apiKeysFile, type ApiKeyEntry } from '#lib/contracts/api';
import type { Millis } from '#lib/domain/kernel';
import type { Clock } from '#lib/ports';
import { ConfigurationError, type Engine, type Log } from '#lib/wiring';

/** The file of keys is looked at no more often: a key that is taken out of it is refused from then on. */
const LOOK_AGAIN: Millis = 1_000;

export type Key = Omit<ApiKeyEntry, 'sha256'>;
type Entry = { readonly key: Key; readonly digest: Buffer };

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** As good as random: who guesses keys learns nothing from how long it takes to find one by it. */
const place = (digest: Buffer): string => digest.toString('hex', 0, 8);

const entry = (key: Key, digest: Buffer): readonly [string, Entry] => [place(digest), { key, digest }];

/** Keys of `SYNCOPATE_API_KEYS` may do everything, and are told by the beginning of their digest. */
const plain = (text: string): readonly [string, Entry] => {
  const digest = digestOf(text);
  return entry({ name: place(digest).slice(0, 8), role: 'operate', tenant: 'default' }, digest);
};

/** @throws {ConfigurationError} naming what is wrong with it, never a digest. */
export function readKeys(path: string): readonly ApiKeyEntry[] {
  const refuse = (why: string): never => {
    throw new ConfigurationError(`SYNCOPATE_API_KEYS_FILE=${path}: ${why}`);
  };
  const text = (() => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      return refuse(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    }
  })();
  const json = (() => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return refuse('is not valid JSON: {"keys": [{"name": …, "sha256": …, "role": …}]}');
    }
  })();
  const parsed = apiKeysFile.safeParse(json);
  return parsed.success ? parsed.data.keys : refuse(`is not valid\n${z.prettifyError(parsed.error)}`);
}

/** Tells one state of the file from another without reading it. */
function stateOf(path: string): string {
  try {
    const { ino, mtimeMs, size } = statSync(path);
    return `${ino} ${mtimeMs} ${size}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}

/** Who may ask. Keys of the file come and go with it; a file that cannot be read leaves those that were. */
export class KeyRing {
  readonly #plain: readonly (readonly [string, Entry])[];
  #entries: ReadonlyMap<string, Entry>;
  #state = '';
  #stale = false;
  #looked = -Infinity;
  /** By name, epoch milliseconds. */
  readonly lastUsed = new Map<string, number>();

  /** @throws {ConfigurationError} for a file that cannot be read, the first time. */
  constructor(
    private readonly options: {
      readonly keys: readonly string[];
      readonly file?: string | undefined;
      readonly clock: Clock;
      readonly log: Log;
    },
  ) {
    this.#plain = options.keys.map(plain);
    this.#entries = new Map(this.#plain);
    const { file } = options;
    if (file === undefined) return;
    this.#read(file, stateOf(file));
    if (this.#entries.size === 0)
      throw new ConfigurationError(`SYNCOPATE_API_KEYS_FILE=${file}: has no keys: nobody could ask`);
  }

  /** Whether the file of keys is one that cannot be read, and keys are those of before. */
  get stale(): boolean {
    return this.#stale;
  }

  /** No keys are asked for. */
  get open(): boolean {
    return this.options.keys.length === 0 && this.options.file === undefined;
  }

  *keys(): Iterable<Key> {
    for (const { key } of this.#entries.values()) yield key;
  }

  /** Whose key it is; one that has ended is found too. */
  find(offered: string): Key | undefined {
    this.#look();
    const digest = digestOf(offered);
    const found = this.#entries.get(place(digest));
    if (found === undefined || !timingSafeEqual(found.digest, digest)) return undefined;
    this.lastUsed.set(found.key.name, this.options.clock.now());
    return found.key;
  }

  #look(): void {
    const { file, clock, log } = this.options;
    if (file === undefined || clock.monotonic() - this.#looked < LOOK_AGAIN) return;
    this.#looked = clock.monotonic();
    const state = stateOf(file);
    if (state === this.#state) return;
    try {
      this.#read(file, state);
      log('info', 'API keys read anew', { keys: this.#entries.size });
    } catch (error) {
      this.#state = state;
      this.#stale = true;
      log('error', 'API keys are those of before: their file cannot be read', { error });
    }
  }

  #read(file: string, state: string): void {
    const read = readKeys(file).map(({ sha256, ...key }) => entry(key, Buffer.from(sha256, 'hex')));
    const taken = read.find(([, { key }]) =>
      this.#plain.some(([, plainOne]) => plainOne.key.name === key.name),
    );
    if (taken !== undefined)
      throw new ConfigurationError(
        `SYNCOPATE_API_KEYS_FILE=${file}: "${taken[1].key.name}" is what a key of SYNCOPATE_API_KEYS is told by: take another name`,
      );
    this.#entries = new Map([...this.#plain, ...read]);
    this.#state = state;
    this.#stale = false;
  }
}

/** For alerts on keys that are about to end, and for finding those that nobody uses. */
export function tellKeys(telemetry: Engine['telemetry'], ring: KeyRing): void {
  telemetry.gauge(
    'syncopate_api_keys_file_unreadable',
    '1 while the file of API keys cannot be read: keys that were taken out of it hold',
    () => Number(ring.stale),
  );
  telemetry.gaugeBy(
    'syncopate_api_key_last_used_timestamp_seconds',
    'When each API key was last sent to this process',
    'key',
    function* () {
      for (const [name, at] of ring.lastUsed) yield [name, at / 1_000] as const;
    },
  );
  telemetry.gaugeBy(
    'syncopate_api_key_expires_timestamp_seconds',
    'When each API key that ends does so',
    'key',
    function* () {
      for (const { name, expiresAt } of ring.keys())
        if (expiresAt !== undefined) yield [name, expiresAt / 1_000] as const;
    },
  );
}
