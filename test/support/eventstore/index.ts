import { batchAppend, unaryAppend } from './appends.js';
import { EventLog } from './event-log.js';
import { Faults } from './faults.js';
import { supportedMethods } from './features.js';
import { featuresService, grpc, streamsService, type Grpc } from './protocol.js';
import { read } from './reads.js';

export { EventLog, type StoredRecord } from './event-log.js';
export { Faults } from './faults.js';
export { MutePeer } from './mute-peer.js';
export { grpc, refusal } from './protocol.js';

export type DoubleOptions = {
  /** Whether it offers batched appends, as servers since 21.10 do. Default true. */
  readonly batch?: boolean;
  /** That of another node of the same cluster. */
  readonly log?: EventLog;
};

/**
 * A double of an EventStoreDB 23.10 node, for tests on machines without one. It speaks the real gRPC protocol with the
 * definitions that ship inside the client, and behaves as the documentation says, the inconvenient parts included:
 * positions with gaps, invalid ones refused, system events and metadata in `$all`, checkpoints only after many events,
 * no position in the answer to a repeated append. In memory; faults are switched on while it runs.
 */
export class EventStoreDouble {
  readonly log: EventLog;
  readonly faults = new Faults();
  #server: Grpc.Server | undefined;
  #port = 0;

  #delivered = 0;
  #looks = 0;

  constructor(private readonly options: DoubleOptions = {}) {
    this.log = options.log ?? new EventLog();
  }

  /** Events that subscriptions handed to their connections. */
  get delivered(): number {
    return this.#delivered;
  }

  /** How often somebody asked where the log ends. */
  get looks(): number {
    return this.#looks;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.#port}?tls=false`;
  }

  get port(): number {
    return this.#port;
  }

  /** Listens; after a stop on the same port and log again, unless another port is named. */
  async start(port = this.#port): Promise<void> {
    const server = new grpc.Server({ 'grpc.max_receive_message_length': 32 * 1024 * 1024 });
    const { log, faults } = this;
    server.addService(
      streamsService as unknown as Grpc.ServiceDefinition,
      {
        append: unaryAppend(log, faults),
        batchAppend: batchAppend(log, faults),
        read: read(
          log,
          faults,
          () => (this.#delivered += 1),
          () => (this.#looks += 1),
        ),
      } as Grpc.UntypedServiceImplementation,
    );
    server.addService(featuresService as unknown as Grpc.ServiceDefinition, {
      getSupportedMethods: supportedMethods(this.options.batch !== false),
    });
    this.#port = await new Promise<number>((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      ),
    );
    this.#server = server;
    if (faults.leaderPort === 0) faults.leaderPort = this.#port;
  }

  /** Gone at once, as if killed: calls in flight get no answer. */
  stop(): Promise<void> {
    this.faults.endSubscriptions();
    this.#server?.forceShutdown();
    this.#server = undefined;
    return Promise.resolve();
  }
}
