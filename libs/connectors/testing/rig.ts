import type { OperationType } from '#lib/domain/schedule';
import {
  isWithdrawal,
  type CredentialVault,
  type SyncChange,
  type SyncOutcome,
  type SyncRecord,
  type SyncTask,
  type Withdrawal,
} from '#lib/ports';
import { createConnectorEngine, type ConnectorEngine } from '../engine/index.js';
import {
  HttpPool,
  ImportFiles,
  OAuthTokens,
  type Connector,
  type ConnectorContext,
  type HttpOptions,
} from '../kit/index.js';
import { ManualClock, RecordingContext, taskOf } from './bench.js';

type RigVault = CredentialVault;
export type RigOptions = {
  readonly connector: Connector;
  readonly config: unknown;
  readonly ownApp?: boolean;
  readonly vault: RigVault;
  readonly http?: HttpOptions;
  readonly clock?: ManualClock;
};

/** Collects what an engine writes; `fail` makes the next writes throw. */
export class CollectingSink {
  readonly records = new Map<string, SyncRecord>();
  readonly #seen = new Map<string, number>();
  readonly batches: number[] = [];
  fail: Error | undefined;

  async write(
    _scope: unknown,
    changes: readonly SyncChange[],
    at: number,
  ): Promise<{ inserted: number; updated: number }> {
    if (this.fail !== undefined) throw this.fail;
    const records = changes.filter((change) => !isWithdrawal(change));
    this.batches.push(records.length);
    let inserted = 0;
    for (const record of changes) {
      if (isWithdrawal(record)) {
        this.#withdraw(record);
        continue;
      }
      this.#seen.set(`${record.stream} ${record.key}`, at);
      const key = `${record.stream} ${record.key}`;
      const before = this.records.get(key);
      if (before === undefined) inserted++;
      this.records.set(key, { ...record, data: merged(before?.data ?? {}, record.data) });
    }
    return { inserted, updated: records.length - inserted };
  }

  /** What is gone is no record here. */
  #withdraw({ stream, withdrawn: { before, within = '', from } }: Withdrawal): void {
    const day = { subscriptions: '', charges: 'occurred_on', usage: 'occurred_at' }[stream];
    for (const [place, { key, data }] of this.records) {
      const isIn = place.startsWith(`${stream} `) && key.startsWith(within);
      const since = from === undefined || day === '' || String(data[day] ?? '') >= from;
      if (isIn && since && (this.#seen.get(place) ?? 0) < before) this.records.delete(place);
    }
  }

  of(stream: SyncRecord['stream']): readonly SyncRecord[] {
    return [...this.records.values()].filter((record) => record.stream === stream);
  }
}

/** As the real sinks do it: nothing and null keep what is there. */
function merged(before: SyncRecord['data'], data: SyncRecord['data']): SyncRecord['data'] {
  const told = Object.entries(data).filter(([name, value]) => value !== null || !(name in before));
  return {
    ...before,
    ...Object.fromEntries(told.map(([name, value]) => [name, value === '' ? null : value])),
  };
}

/** One connection with its engine, sink and clock; remembers the state from run to run as a schedule does. */
export class Rig {
  readonly sink = new CollectingSink();
  readonly clock: ManualClock;
  readonly engine: ConnectorEngine;
  state: object | undefined;

  constructor(readonly options: RigOptions) {
    this.clock = options.clock ?? new ManualClock();
    const { connector, config, vault } = options;
    this.engine = createConnectorEngine({
      connectors: [connector],
      connectionConfig: async (_tenant, connection) =>
        connection === 'connection-1'
          ? { connector: connector.manifest.id, user: 'user-1', config, ownApp: options.ownApp }
          : undefined,
      vault,
      sink: this.sink,
      environment: this.clock.environment(),
      ...(options.http === undefined ? {} : { http: options.http }),
    });
  }

  async run(
    operation: OperationType = 'incremental_sync',
    more: Partial<SyncTask> = {},
    context = new RecordingContext(),
  ): Promise<SyncOutcome> {
    const provider = this.options.connector.manifest.provider;
    const outcome = await this.engine.sync(taskOf(operation, this.state, { provider, ...more }), context);
    this.state = context.checkpoints.at(-1)?.state ?? this.state;
    if (outcome.kind === 'succeeded') this.state = outcome.state ?? this.state;
    return outcome;
  }

  /** A context to drive the connector without the engine, as the conformance suite does. */
  context(overrides: Partial<ConnectorContext> = {}): ConnectorContext {
    const { connector, config, vault, http } = this.options;
    const environment = this.clock.environment();
    return {
      owner: { tenant: 'default', connection: 'connection-1' },
      user: 'user-1',
      config,
      operation: 'incremental_sync',
      state: undefined,
      signal: new AbortController().signal,
      environment,
      http: new HttpPool(http ?? {}, environment.clock).client(connector.manifest),
      tokens: new OAuthTokens({ vault, environment }),
      vault,
      files: new ImportFiles(),
      ...overrides,
    };
  }
}
