import { Worker } from 'node:worker_threads';
import { storageFull, storeUnavailable, storeUnsafe, wrongExpectedRevision, type Appended } from '#lib/event-store/port';

type EventText = { readonly id: string; readonly type: string; readonly data: string; readonly metadata: string };
export type AppendText = { readonly stream: string; readonly expected: number; readonly events: readonly EventText[] };
export type Written = Appended & { readonly repeated: boolean };

type Result =
  | ({ readonly n: number; readonly ok: true } & Written)
  | { readonly n: number; readonly ok: false; readonly code: string; readonly actual?: number; readonly message?: string };
type Ready = { readonly ready: true; readonly synchronous: number; readonly journal: string; readonly version: number; readonly position: number };
type Waiting = { readonly append?: AppendText; resolve(written: Written): void; reject(error: Error): void };

/** Events in one commit: enough to make an fsync cheap, few enough that nobody waits long for their answer. */
const GROUP_EVENTS = 2_000;
const FULL = 2;
const SCHEMA_VERSION = 1;
const threadFile = import.meta.url.endsWith('.ts') ? './writer-thread.ts' : './writer-thread.js';

/**
 * The main thread's end of the writer. While a group is being committed, appends gather; when the answer is back they
 * go together. So the group grows with the load, and one fsync serves them all.
 */
export class Writer {
  readonly #waiting = new Map<number, Waiting>();
  #gathering: { readonly n: number; readonly append: AppendText }[] = [];
  #committing = false;
  #next = 0;
  #dead: Error | undefined;
  commits = 0;
  events = 0;

  private constructor(
    private readonly worker: Worker,
    readonly position: number,
  ) {
    worker.on('message', (results: readonly Result[]) => this.#settle(results));
    worker.on('error', (error) => this.#die(`its writer failed: ${error instanceof Error ? error.message : String(error)}`));
    worker.on('exit', () => this.#die('its writer has ended'));
  }

  /** @throws {EventStoreError} store_unsafe when the file cannot be opened the way durability demands. */
  static async open(path: string): Promise<Writer> {
    const worker = new Worker(new URL(threadFile, import.meta.url), { workerData: { path }, execArgv: [] });
    const { promise, resolve, reject } = Promise.withResolvers<Ready>();
    worker.once('message', resolve);
    worker.once('error', (error) => reject(storeUnsafe(`the event log ${path} cannot be opened: ${error instanceof Error ? error.message : String(error)}`)));
    const ready = await promise;
    const problem = unsafe(ready);
    if (problem !== undefined) {
      await worker.terminate();
      throw storeUnsafe(`the event log ${path} ${problem}`);
    }
    return new Writer(worker, ready.position);
  }

  append(append: AppendText): Promise<Written> {
    const { promise, resolve, reject } = Promise.withResolvers<Written>();
    if (this.#dead !== undefined) return Promise.reject(this.#dead);
    const n = (this.#next += 1);
    this.#waiting.set(n, { append, resolve, reject });
    this.#gathering.push({ n, append });
    if (!this.#committing && this.#gathering.length === 1) queueMicrotask(() => this.#flush());
    return promise;
  }

  snapshot(stream: string, snapshot: { revision: number; version: number; state: string }): Promise<unknown> {
    return this.#ask({ kind: 'snapshot', stream, ...snapshot });
  }

  checkpoint(): Promise<unknown> {
    return this.#ask({ kind: 'checkpoint' });
  }

  async close(): Promise<void> {
    if (this.#dead !== undefined) return;
    while (this.#committing || this.#gathering.length > 0) await new Promise((resolve) => setImmediate(resolve));
    await this.#ask({ kind: 'close' });
    this.#dead = storeUnavailable('it is closed');
    await this.worker.terminate();
  }

  #ask(request: object): Promise<Written> {
    if (this.#dead !== undefined) return Promise.reject(this.#dead);
    const { promise, resolve, reject } = Promise.withResolvers<Written>();
    const n = (this.#next += 1);
    this.#waiting.set(n, { resolve, reject });
    this.worker.postMessage({ ...request, n });
    return promise;
  }

  #flush(): void {
    if (this.#committing || this.#gathering.length === 0 || this.#dead !== undefined) return;
    let events = 0;
    let size = 0;
    for (const { append } of this.#gathering) {
      if (size > 0 && events + append.events.length > GROUP_EVENTS) break;
      events += append.events.length;
      size += 1;
    }
    const group = this.#gathering.slice(0, size).map(({ n, append }) => ({ n, ...append }));
    this.#gathering = this.#gathering.slice(size);
    this.#committing = true;
    this.commits += 1;
    this.worker.postMessage({ kind: 'append', group });
  }

  #settle(results: readonly Result[]): void {
    for (const result of results) {
      const waiting = this.#waiting.get(result.n);
      if (waiting === undefined) continue;
      this.#waiting.delete(result.n);
      if (waiting.append !== undefined) this.#committing = false;
      if (result.ok) {
        this.events += waiting.append?.events.length ?? 0;
        waiting.resolve(result);
      } else {
        waiting.reject(asError(result, waiting.append));
      }
    }
    this.#flush();
  }

  #die(why: string): void {
    this.#dead ??= storeUnavailable(why);
    for (const waiting of this.#waiting.values()) waiting.reject(this.#dead);
    this.#waiting.clear();
    this.#gathering = [];
  }
}

function unsafe({ synchronous, journal, version }: Ready): string | undefined {
  if (synchronous !== FULL) return `runs with synchronous=${synchronous}; FULL (${FULL}) is needed for what is acknowledged to survive power loss`;
  if (journal !== 'wal') return `runs with journal_mode=${journal}; WAL is needed (is the file system shared over a network?)`;
  if (version > SCHEMA_VERSION) return `was written by a newer version (schema ${version}; this one knows ${SCHEMA_VERSION})`;
  return undefined;
}

function asError(result: Extract<Result, { ok: false }>, append: AppendText | undefined): Error {
  switch (result.code) {
    case 'wrong_expected_revision':
      return wrongExpectedRevision(append?.stream ?? '', append?.expected ?? -1, result.actual ?? -1);
    case 'storage_full':
      return storageFull();
    default:
      return storeUnavailable(result.message ?? result.code);
  }
}
