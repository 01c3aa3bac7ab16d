import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryVault } from '#lib/credentials';
import { DAY } from '#lib/domain/kernel';
import type { OperationType } from '#lib/domain/schedule';
import type { SyncOutcome } from '#lib/ports';
import { MemorySink } from '#lib/sink';
import { createConnectorEngine } from '../engine/index.js';
import type { Connector } from '../kit/index.js';
import { ManualClock, RecordingContext, taskOf } from './bench.js';

const all = { tenant: 'default', limit: 5_000 };

/** One connection whose uploads come a day apart, and all that is kept of them in a real sink. */
export function keptUploads(connector: Connector, config: object = {}) {
  const file = join(mkdtempSync(join(tmpdir(), 'kept-')), 'upload');
  const [clock, sink] = [new ManualClock(), new MemorySink()];
  const engine = createConnectorEngine({
    connectors: [connector],
    connectionConfig: async () => ({
      connector: connector.manifest.id,
      user: 'user-1',
      config: { file, ...config },
    }),
    vault: new MemoryVault(),
    sink,
    environment: clock.environment(),
  });
  let state: object | undefined;
  const brought = async (
    content: Buffer | string,
    operation: OperationType = 'incremental_sync',
  ): Promise<SyncOutcome> => {
    writeFileSync(file, content);
    clock.move(DAY);
    const context = new RecordingContext();
    const { provider } = connector.manifest;
    const outcome = await engine.sync(taskOf(operation, state, { provider }), context);
    state = context.checkpoints.at(-1)?.state ?? state;
    return outcome;
  };
  return {
    brought,
    /** From now on for another schedule of the connection, which has no state yet. */
    anew: () => {
      state = undefined;
    },
    subscriptions: () => sink.subscriptions(all),
    charges: () => sink.charges(all),
    usage: () => sink.usage(all),
  };
}
