import { decodeEvent } from '#lib/contracts/events';
import type { Millis } from '#lib/domain/kernel';
import { queriesOf, type Queries } from './queries.js';
import { openFile } from '../store/read-model-file.js';
import { Prepared } from '../store/reading.js';
import { layout } from '../store/rows.js';
import { Applier, type Decode } from './applier.js';
import { Runner, type Fault, type FollowedLog } from './runner.js';
import type { ShareLoaders } from './shares.js';
import type { Time } from './waiting.js';

export type ReadModelOptions = {
  /** The file, beside the log; `:memory:` for tests. */
  readonly path: string;
  readonly store: FollowedLog;
  readonly environment: Time;
  /** Told of outages that are tried again, and of the corrupt event that ends it. Default: nobody. */
  readonly onFault?: (fault: Fault) => void;
  /** Told of each position that queries have come to reflect. Default: nobody. */
  readonly onFlushed?: (position: number) => void;
  readonly decode?: Decode;
  /** Who loads an empty file in shares, beside it, where the log is long enough. Default: nobody, it is read here. */
  readonly shares?: ShareLoaders;
};

/** What the log says, in tables. Queries see what {@link ReadModel.position} says, a moment behind the log. */
export type ReadModel = Queries & {
  start(): void;
  /** Writes what is in memory and stops following the log. Queries still answer. */
  stop(): Promise<void>;
  /** Stops and closes the file. Idempotent. */
  close(): Promise<void>;
  /** Several queries of one instant, and the position that they reflect. The work is synchronous. */
  atOnce<T>(work: (position: number) => T): T;
  /** Position of the last event that queries reflect. */
  position(): number;
  /** Resolves true once queries reflect a position; false after the timeout, or when stopped or failed. */
  waitFor(position: number, timeoutMs: Millis): Promise<boolean>;
  /** How far queries are behind the newest event, in positions. */
  lag(): Promise<number>;
  /** The corrupt event that ended the subscription, if one did. */
  failure(): unknown;
};

/** Opens the read model. A file of another version, or a damaged one, is deleted and built again once started. */
export function openReadModel(options: ReadModelOptions): ReadModel {
  const { path, store, environment, onFault = () => {}, onFlushed, decode = decodeEvent } = options;
  const db = openFile(path, layout);
  const applier = new Applier(db, decode, () => environment.clock.now());
  const shares = options.shares && { loaders: options.shares, beside: `${path}.share` };
  const runner = new Runner(applier, store, environment, { onFault, onFlushed, shares });
  return {
    ...queriesOf(new Prepared(() => db)),
    start: () => runner.start(),
    stop: () => runner.stop(),
    close: async () => {
      if (!db.isOpen) return;
      await runner.stop();
      db.close();
    },
    atOnce: (work) => work(applier.flushed),
    position: () => applier.flushed,
    waitFor: (position, timeoutMs) => runner.waitFor(position, timeoutMs),
    lag: async () => Math.max(0, (await store.head()) - applier.flushed),
    failure: () => runner.failure,
  };
}
