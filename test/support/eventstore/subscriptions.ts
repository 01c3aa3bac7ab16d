import { randomUUID } from 'node:crypto';
import type { EventLog, StoredRecord } from './event-log.js';
import type { Faults } from './faults.js';
import { streams, type Streams } from './protocol.js';
import { invalidPosition } from './refusals.js';
import { eventResponse, put, type Call } from './responses.js';

type Options = Streams.ReadReq.Options;

/** A subscription to `$all`: the past first, then what comes. */
export class ServerSubscription {
  readonly #keep: (record: StoredRecord) => boolean;
  readonly #checkpointEvery: number;
  #considered = 0;
  #wake: (() => void) | undefined;
  #live = true;

  constructor(
    private readonly call: Call,
    private readonly options: Options,
    private readonly log: EventLog,
    private readonly faults: Faults,
    private readonly delivered: () => void,
  ) {
    const filter = options.getFilter();
    this.#keep = keeping(filter);
    const window = filter?.hasMax() === true ? filter.getMax() : 32;
    this.#checkpointEvery =
      filter === undefined ? Infinity : window * (filter.getCheckpointintervalmultiplier() || 1);
  }

  async run(): Promise<void> {
    const { call, log, faults } = this;
    const stop = (): void => this.#stop();
    call.on('cancelled', stop).on('close', stop);
    let index = this.#start();
    if (index === undefined) return void call.emit('error', invalidPosition());
    const forget = [log.onAppend(() => this.#stir()), faults.onEnd((error) => this.#end(error))];
    const confirmation = new streams.ReadResp();
    const confirmed = new streams.ReadResp.SubscriptionConfirmation();
    confirmed.setSubscriptionId(randomUUID());
    confirmation.setConfirmation(confirmed);
    await put(call, confirmation);
    let told = false;
    while (this.#live) {
      while (this.#live && !faults.silent && index < log.records.length)
        await this.#show(log.records[index++] as StoredRecord);
      if (!told && faults.caughtUpMessages) await this.#caughtUp();
      if (!told && faults.checkpointsAtEnd) await this.#checkpoint(log.end, 0);
      told = true;
      // Looked at again after a while too: a silence that is over is no append.
      if (this.#live) await new Promise<void>((resolve) => this.#sleep(resolve));
    }
    for (const each of forget) each();
  }

  #sleep(resolve: () => void): void {
    const timer = setTimeout(resolve, 20);
    this.#wake = () => {
      clearTimeout(timer);
      resolve();
    };
  }

  #start(): number | undefined {
    const all = this.options.getAll() as Streams.ReadReq.Options.AllOptions;
    if (all.hasStart()) return 0;
    if (all.hasEnd()) return this.log.records.length;
    const index = this.log.indexOf(Number(all.getPosition()?.getCommitPosition()));
    // The event at the position has been seen.
    return index === undefined ? undefined : index + 1;
  }

  async #show(record: StoredRecord): Promise<void> {
    this.#considered += 1;
    if (this.#keep(record)) {
      this.delivered();
      await put(this.call, eventResponse(record));
    }
    if (this.#considered < this.#checkpointEvery) return;
    this.#considered = 0;
    await this.#checkpoint(record.position, record.position);
  }

  async #checkpoint(commit: number, prepare: number): Promise<void> {
    const checkpoint = new streams.ReadResp.Checkpoint();
    checkpoint.setCommitPosition(String(commit));
    checkpoint.setPreparePosition(String(prepare));
    const response = new streams.ReadResp();
    response.setCheckpoint(checkpoint);
    await put(this.call, response);
  }

  async #caughtUp(): Promise<void> {
    const response = new streams.ReadResp();
    response.setCaughtUp(new streams.ReadResp.CaughtUp());
    await put(this.call, response);
  }

  #stir(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  #stop(): void {
    this.#live = false;
    this.#stir();
  }

  #end(error: Error | undefined): void {
    this.#stop();
    if (error === undefined) this.call.end();
    else this.call.emit('error', error);
  }
}

function keeping(
  filter: Streams.ReadReq.Options.FilterOptions | undefined,
): (record: StoredRecord) => boolean {
  const byType = filter?.hasEventType() === true;
  const expression = byType ? filter.getEventType() : filter?.getStreamIdentifier();
  if (expression === undefined) return () => true;
  const pattern = expression.getRegex() === '' ? undefined : new RegExp(expression.getRegex());
  const prefixes = expression.getPrefixList();
  return (record) => {
    const subject = byType ? record.type : record.stream;
    return pattern?.test(subject) ?? prefixes.some((prefix) => subject.startsWith(prefix));
  };
}
