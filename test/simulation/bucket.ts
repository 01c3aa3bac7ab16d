import type { Millis } from '#lib/domain/kernel';
import type { Link } from './link.js';

type Entry = {
  readonly value: string;
  readonly revision: number;
  readonly at: Millis;
  readonly gone: boolean;
};
export type Shown = {
  readonly key: string;
  readonly operation: 'PUT' | 'DEL';
  readonly revision: number;
  json<T>(): T;
  string(): string;
};
export type Watcher = {
  readonly link: Link;
  waiting: Shown[];
  readonly show: (entries: readonly Shown[]) => void;
};

const conflict = (): Error => Object.assign(new Error('wrong last sequence'), { code: 10_071 });

/** A bucket on the server: keys that expire, written only at the revision that the writer names. */
export class Bucket {
  readonly #entries = new Map<string, Entry>();
  readonly #watchers = new Set<Watcher>();
  #revision = 0;

  constructor(
    private readonly now: () => Millis,
    readonly ttl: Millis,
  ) {}

  /** `expected`: 0 where there must be none; undefined: whatever there is. */
  write(key: string, value: string, expected?: number, gone = false): number {
    const known = this.#entry(key);
    const absent = known === undefined || (expected === 0 && known.gone);
    if (expected !== undefined && expected !== (absent ? 0 : known.revision)) throw conflict();
    const revision = (this.#revision += 1);
    const entry = { value, revision, at: this.now(), gone };
    this.#entries.set(key, entry);
    this.#tell(key, entry);
    return revision;
  }

  /** Of what is there. */
  get keys(): readonly string[] {
    return [...this.#entries.keys()].filter((key) => this.read(key)?.operation === 'PUT');
  }

  read(key: string): Shown | undefined {
    const entry = this.#entry(key);
    return entry === undefined ? undefined : shown(key, entry);
  }

  /** What is there, then every change, in order. That an entry expired is told to nobody. */
  watch(watcher: Watcher): void {
    this.#watchers.add(watcher);
    for (const key of this.#entries.keys()) {
      const entry = this.read(key);
      if (entry !== undefined) this.#queue(watcher, entry);
    }
  }

  unwatch(watcher: Watcher): void {
    this.#watchers.delete(watcher);
  }

  forget(link: Link): void {
    for (const watcher of this.#watchers) if (watcher.link === link) this.#watchers.delete(watcher);
  }

  #entry(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    return entry === undefined || entry.at + this.ttl <= this.now() ? undefined : entry;
  }

  #tell(key: string, entry: Entry): void {
    const told = shown(key, entry);
    for (const watcher of this.#watchers) this.#queue(watcher, told);
  }

  #queue(watcher: Watcher, entry: Shown): void {
    watcher.waiting.push(entry);
    if (watcher.waiting.length > 1) return;
    watcher.link.reliably(() => watcher.show(watcher.waiting.splice(0)));
  }
}

function shown(key: string, { value, revision, gone }: Entry): Shown {
  let parsed: unknown;
  return {
    key,
    operation: gone ? 'DEL' : 'PUT',
    revision,
    json: <T>(): T => (parsed ??= JSON.parse(value)) as T,
    string: () => value,
  };
}
