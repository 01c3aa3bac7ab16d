import type { EventLog, StoredRecord } from './event-log.js';
import type { Faults } from './faults.js';
import { nameOf, streams, type Streams } from './protocol.js';
import { invalidPosition, refusedNow, streamDeleted } from './refusals.js';
import { eventResponse, put, type Call } from './responses.js';
import { ServerSubscription } from './subscriptions.js';

type Options = Streams.ReadReq.Options;
const BACKWARDS = 1;

/** Reads and subscriptions are one method of the protocol. */
export function read(log: EventLog, faults: Faults, delivered: () => void, looked: () => void) {
  return (call: Call): void => {
    call.on('error', () => {});
    const options = call.request.getOptions() as Options;
    const refused = refusedNow(faults, call.metadata);
    if (refused !== undefined) return void call.emit('error', refused);
    if (options.hasSubscription())
      return void new ServerSubscription(call, options, log, faults, delivered).run();
    if (options.getAll()?.hasEnd() === true) looked();
    if (!faults.muteReads) void readOnce(call, options, log);
  };
}

async function readOnce(call: Call, options: Options, log: EventLog): Promise<void> {
  const records = options.hasAll() ? allRecords(options, log) : streamRecords(options, log);
  if (records === 'invalid') return void call.emit('error', invalidPosition());
  if (records === 'deleted')
    return void call.emit('error', streamDeleted(nameOf(options.getStream()?.getStreamIdentifier())));
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
