import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SyncEngine } from '#lib/ports';
import { Engine, silent, startRemoteExecutor, type Configuration, type RemoteExecutor } from '#lib/wiring';
import { startNats } from '../../scripts/nats-server.mjs';

/** What a service stands on: where its log lives, how work travels, how many share it. */
export type Shape = {
  readonly eventStoreDb: boolean;
  readonly nats: boolean;
  readonly schedulers: number;
  readonly executors: number;
};

export const embedded: Shape = { eventStoreDb: false, nats: false, schedulers: 1, executors: 0 };

type Ground = {
  readonly settings: Partial<Configuration>;
  /** Everything is gone when the ground is. */
  close(): Promise<void>;
};

export type Nodes = { readonly engines: readonly Engine[]; stop(): Promise<void> };

/** Opens services on servers of their own; a service on the same folder finds the same log again. */
export class Topology {
  readonly #grounds = new Map<string, Promise<Ground>>();

  constructor(readonly shape: Shape) {}

  async start(configuration: Configuration, work: SyncEngine): Promise<Nodes> {
    const { settings } = await this.#ground(configuration.dataFolder);
    const engines: Engine[] = [];
    for (let node = 0; node < this.shape.schedulers; node += 1) {
      const dataFolder =
        node === 0 ? configuration.dataFolder : join(configuration.dataFolder, `node-${node}`);
      const own = { ...configuration, ...settings, dataFolder, node: `s${node}` };
      const engine = await Engine.open(own, { log: silent, syncEngine: work });
      await engine.start();
      engines.push(engine);
    }
    const executors: RemoteExecutor[] = [];
    for (let node = 0; node < this.shape.executors; node += 1) {
      const own = { ...configuration, ...settings, node: `e${node}` };
      executors.push(await startRemoteExecutor({ configuration: own, log: silent, syncEngine: work }));
    }
    return {
      engines,
      stop: async () => {
        await Promise.all(executors.map((executor) => executor.stop(100)));
        await Promise.all(engines.map((engine) => engine.stop(100)));
      },
    };
  }

  async close(): Promise<void> {
    for (const ground of this.#grounds.values()) await (await ground).close();
  }

  #ground(folder: string): Promise<Ground> {
    let ground = this.#grounds.get(folder);
    if (ground === undefined) this.#grounds.set(folder, (ground = this.#lay()));
    return ground;
  }

  async #lay(): Promise<Ground> {
    const { eventStoreDb, nats, executors } = this.shape;
    const double = eventStoreDb
      ? new (await import('../support/eventstore/index.js')).EventStoreDouble()
      : undefined;
    await double?.start();
    const folder = mkdtempSync(join(tmpdir(), 'syncopate-nats-'));
    const server = nats ? await startNats({ folder }) : undefined;
    return {
      settings: {
        ...(double === undefined ? {} : { eventStoreUrl: double.url }),
        ...(server === undefined ? {} : { nats: { servers: [server.url], replicas: 1 } }),
        vaultKeys: [Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64')],
        localExecutor: executors === 0,
        takeoverMs: 2_000,
      },
      close: async () => {
        await server?.stop();
        await double?.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  }
}
