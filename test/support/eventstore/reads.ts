import { randomUUID } from 'node:crypto';
import { refusedNow } from './appends.js';
import type { EventLog, StoredRecord } from './event-log.js';
import type { Faults } from './faults.js';
import { grpc, identifierOf, nameOf, refusal, streams, uuidOf, type Grpc, type Streams } from './protocol.js';

type Call = Grpc.ServerWritableStream<Streams.ReadReq, Streams.ReadResp>;
type Options = Streams.ReadReq.Options;
const BACKWARDS = 1;

/** Reads and subscriptions are one method of the protocol. */
export function read(log: EventLog, faults: Faults, port: () => number) {
  return (call: Call): void => {
    call.on('error', () => {});
    const options = call.request.getOptions() as Options;
    const refused = refusedNow(faults, false, port());
    if (refused !== undefined) return void call.emit('error', refused);
    if (options.hasSubscription()) return void new ServerSubscription(call, options, log, faults).run();
    if (!faults.muteReads) void readOnce(call, options, log);
  };
}

export function eventResponse(record: StoredRecord): Streams.ReadResp {
  const event = new streams.ReadResp.ReadEvent.RecordedEvent();
  event.setId(uuidOf(record.id));
  event.setStreamIdentifier(identifierOf(record.stream));
  event.setStreamRevision(String(record.revision));
  event.setCommitPosition(String(record.position));
  event.setPreparePosition(String(record.position));
  event
    .getMetadataMap()
    .set('type', record.type)
    .set('content-type', record.contentType)
    .set('created', record.created);
  event.setData(record.data);
  event.setCustomMetadata(record.metadata);
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(event);
  read.setCommitPosition(String(record.position));
  const response = new streams.ReadResp();
  response.setEvent(read);
  return response;
}

/** Waits while the client is slow: nothing is piled up for it. */
export async function put(call: Call, response: Streams.ReadResp): Promise<void> {
  if (call.cancelled || call.write(response)) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      call.off('drain', go).off('cancelled', go).off('close', go);
      resolve();
    };
    call.on('drain', go).on('cancelled', go).on('close', go);
  });
}

async function readOnce(call: Call, options: Options, log: EventLog): Promise<void> {
  const records = options.hasAll() ? allRecords(options, log) : streamRecords(options, log);
  if (records === 'invalid')
    return void call.emit('error', refusal(grpc.status.INVALID_ARGUMENT, 'invalid-position'));
  if (records === 'deleted') {
    const more = { 'stream-name': nameOf(options.getStream()?.getStreamIdentifier()) };
    return void call.emit('error', refusal(grpc.status.FAILED_PRECONDITION, 'stream-deleted', more));
  }
  if (records === 'absent') {
    const missing = new streams.ReadResp.StreamNotFound();
    missing.setStreamIdentifier(options.getStream()?.getStreamIdentifier());
    const response = new streams.ReadResp();
    response.setStreamNotFound(missing);
    call.write(response);
    return void call.end();
  }
  for (const record of records) {
    if (call.cancelled) return;
    await put(call, eventResponse(record));
  }
  call.end();
}

function allRecords(options: Options, log: EventLog): readonly StoredRecord[] | 'invalid' {
  const all = options.getAll() as Streams.ReadReq.Options.AllOptions;
  const count = Number(options.getCount());
  const backwards = options.getReadDirection() === BACKWARDS;
  const { records } = log;
  if (all.hasStart()) return backwards ? [] : records.slice(0, count);
  if (all.hasEnd()) return backwards ? records.slice(-count).toReversed() : [];
  const index = log.indexOf(Number(all.getPosition()?.getCommitPosition()));
  if (index === undefined) return 'invalid';
  // Forwards the event at the position is the first one read, backwards the one before it.
  return backwards
    ? records.slice(Math.max(0, index - count), index).toReversed()
    : records.slice(index, index + count);
}

function streamRecords(options: Options, log: EventLog): readonly StoredRecord[] | 'absent' | 'deleted' {
  const stream = options.getStream() as Streams.ReadReq.Options.StreamOptions;
  const name = nameOf(stream.getStreamIdentifier());
  if (log.isDeleted(name)) return 'deleted';
  const records = log.stream(name);
  if (records === undefined) return 'absent';
  const count = Number(options.getCount());
  const from = Number(stream.getRevision());
  if (options.getReadDirection() !== BACKWARDS) {
    const start = stream.hasStart() ? 0 : stream.hasEnd() ? Infinity : from;
    return records.filter(({ revision }) => revision >= start).slice(0, count);
  }
  const end = stream.hasEnd() ? Infinity : stream.hasStart() ? 0 : from;
  return records
    .filter(({ revision }) => revision <= end)
    .slice(-count)
    .toReversed();
}

/** A subscription to `$all`: the past first, then what comes. */
class ServerSubscription {
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
    if (index === undefined)
      return void call.emit('error', refusal(grpc.status.INVALID_ARGUMENT, 'invalid-position'));
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
    if (this.#keep(record)) await put(this.call, eventResponse(record));
    if (this.#considered < this.#checkpointEvery) return;
    this.#considered = 0;
    const checkpoint = new streams.ReadResp.Checkpoint();
    checkpoint.setCommitPosition(String(record.position));
    checkpoint.setPreparePosition(String(record.position));
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
