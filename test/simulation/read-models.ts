import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '#lib/event-store/port';
import type { Environment } from '#lib/ports';
import { hashReadModel, openReadModel } from '#lib/projections';
import { Tally, type Finding } from '../support/faults/report.js';
import { memoryFolder } from '../support/memory-folder.js';
import { Random } from './random.js';

const files = ['', '-wal'];

/** Files cost a story more time than all else: one in so many has them, the others keep their read models in memory. */
const ONE_IN = 10;

type Kept = { readonly seed: number; readonly readModelFiles?: boolean | undefined };
export const keepsFiles = ({ seed, readModelFiles }: Kept): boolean =>
  readModelFiles ?? new Random(seed + 11e6).chance(1 / ONE_IN);

/**
 * The files of read models, which outlive the processes that write them: when one dies, its successor gets what was
 * committed by then, and whatever the dead one's memory still held is gone. In memory: nobody here loses power.
 */
export class ReadModelFiles {
  /** None: they are in memory, and nothing of them outlives a process. */
  readonly #folder: string | undefined;
  readonly #lives = new Map<string, number>();

  constructor(story: Kept) {
    if (keepsFiles(story)) this.#folder = memoryFolder('read-models-');
  }

  get kept(): boolean {
    return this.#folder !== undefined;
  }

  /** Where the present life of a place has its file. */
  path(place: string): string {
    return this.#folder === undefined
      ? ':memory:'
      : join(this.#folder, `${place}.${this.#lives.get(place) ?? 0}`);
  }

  /** At the very moment of death. */
  bequeath(place: string): void {
    if (!this.kept) return;
    const before = this.path(place);
    this.#lives.set(place, (this.#lives.get(place) ?? 0) + 1);
    for (const file of files)
      if (existsSync(before + file)) copyFileSync(before + file, this.path(place) + file);
  }

  remove(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }
}

/**
 * P18: what lived through everything says the same, byte for byte, as what is built from the log now. `wait` lets time
 * pass until a promise is kept.
 */
export async function checkReadModels(
  places: readonly string[],
  given: {
    readonly files: ReadModelFiles;
    readonly store: EventStore;
    readonly environment: Environment;
    readonly wait: (promise: Promise<unknown>) => Promise<void>;
  },
): Promise<Finding> {
  const { files: all, store, environment, wait } = given;
  const tally = new Tally('P18');
  if (!all.kept) return tally.finding;
  const path = all.path('rebuilt');
  const rebuilt = openReadModel({ path, store, environment });
  rebuilt.start();
  await wait(rebuilt.waitFor(await store.head(), 60_000));
  const right = hashReadModel(path);
  for (const place of places) {
    const found = hashReadModel(all.path(place));
    const { position } = right;
    tally.expect(
      found.position === position,
      () => `the read model of ${place} is at ${found.position}, not ${position}`,
    );
    for (const [table, { rows, sha256 }] of Object.entries(right.tables)) {
      const has = found.tables[table];
      const differ = `${table} of ${place} has ${has?.rows} rows; built anew it has ${rows}, or others`;
      tally.expect(has?.sha256 === sha256, () => differ);
    }
  }
  await wait(rebuilt.close());
  return tally.finding;
}
