import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { SyncContext, SyncEngine, SyncOutcome, SyncTask } from '#lib/ports';
import { readConfiguration, silent, type Configuration, type Engine } from '#lib/wiring';
import { startServer, type Server } from './described-server.js';
import { embedded, Topology, type Nodes } from './topology.js';

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
};
type Work = (task: SyncTask, context: SyncContext) => Promise<SyncOutcome> | SyncOutcome;

export const done: SyncOutcome = { kind: 'succeeded', counts: { read: 3, written: 2, rejected: 1 } };

/** Does what the test says, connection by connection; success where it says nothing. */
export class ScriptedEngine implements SyncEngine {
  readonly tasks: SyncTask[] = [];
  readonly #scripts = new Map<string, Work[]>();

  script(connection: string, ...works: readonly Work[]): void {
    this.#scripts.set(connection, [...works]);
  }

  async sync(task: SyncTask, context: SyncContext): Promise<SyncOutcome> {
    this.tasks.push(task);
    const work = this.#scripts.get(task.connection)?.shift();
    return work === undefined ? done : work(task, context);
  }
}

export class Service {
  readonly engine: Engine;

  private constructor(
    readonly server: Server,
    engine: Engine,
    readonly nodes: Nodes,
    readonly work: ScriptedEngine,
    readonly folder: string,
  ) {
    this.engine = engine;
  }

  static async start(
    settings: Partial<Configuration> = {},
    folder = mkdtempSync(join(tmpdir(), 'syncopate-e2e-')),
    topology = new Topology(embedded),
  ): Promise<Service> {
    const work = new ScriptedEngine();
    const configuration = {
      ...readConfiguration({}),
      port: 0,
      dataFolder: folder,
      allowShortIntervals: true,
      allowLoopbackWebhooks: true,
      ...settings,
    };
    const nodes = await topology.start(configuration, work);
    const [engine] = nodes.engines as readonly [Engine];
    return new Service(await startServer(engine, silent), engine, nodes, work, folder);
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(this.server.url + path, {
      method,
      headers: { ...json, ...headers },
      ...(text === undefined ? {} : { body: text }),
    });
    const answer = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: answer === '' ? {} : (JSON.parse(answer) as Record<string, unknown>),
    };
  }

  get = (path: string, headers?: Record<string, string>): Promise<Answer> =>
    this.send('GET', path, undefined, headers);
  post = (path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
    this.send('POST', path, body, headers);

  /** A schedule far in the future, so that only what the test does happens. */
  async schedule(connection: string, more: object = {}): Promise<string> {
    const { status, body } = await this.post('/v1/schedules', {
      user: 'ann',
      connection,
      provider: 'anything',
      recurrence: { frequency: 'monthly', days: [1] },
      ...more,
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return String(body['id']);
  }

  /** Resolves with the next event of a type that satisfies the condition. Subscribe before causing it. */
  next(
    type: string,
    where: (data: Record<string, unknown>) => boolean = () => true,
  ): Promise<Record<string, unknown>> {
    return new Promise((resolve) => {
      const stop = this.engine.observers.listen((event) => {
        const data = event.data as Record<string, unknown>;
        if (event.type !== type || !where(data)) return;
        stop();
        resolve(data);
      });
    });
  }

  /** A schedule that the read model has heard of. */
  async listed(...given: Parameters<Service['schedule']>): Promise<string> {
    const id = await this.schedule(...given);
    await this.settled();
    return id;
  }

  /** Reads after this reflect everything stored so far. */
  async settled(): Promise<void> {
    await this.engine.readModel.waitFor(await this.engine.store.head(), 10_000);
  }

  async stop(keep = false): Promise<void> {
    await this.server.close();
    await this.nodes.stop();
    if (!keep) rmSync(this.folder, { recursive: true, force: true });
  }
}

export const items = ({ body }: Answer): Record<string, unknown>[] =>
  body['items'] as Record<string, unknown>[];

/** Resolves once the clock says more than this. */
export const laterThan = async (instant: number): Promise<void> => {
  while (Date.now() <= instant) await setImmediate();
};
