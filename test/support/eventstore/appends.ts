import { randomUUID } from 'node:crypto';
import type { AppendResult, EventLog, Expected, Proposed } from './event-log.js';
import { MAX_APPEND_BYTES } from './event-log.js';
import type { Faults } from './faults.js';
import { appendTooLarge, lost, refusedNow, streamDeleted } from './refusals.js';
import {
  Any,
  Empty,
  identifierOf,
  nameOf,
  shared,
  status,
  streams,
  type Grpc,
  type Shared,
  type Streams,
} from './protocol.js';

type Message = {
  getId(): Shared.UUID | undefined;
  getMetadataMap(): { get(name: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
};

const proposedOf = (message: Message): Proposed => ({
  id: message.getId()?.getString() ?? randomUUID(),
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? 'application/octet-stream',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

function asError(result: AppendResult, stream: string): Grpc.ServiceError | undefined {
  if (result.kind === 'deleted') return streamDeleted(stream);
  if (result.kind === 'too_large') return appendTooLarge(MAX_APPEND_BYTES);
  return undefined;
}

/** The unary way: the options first, then a message for each event; a conflict is an answer, not an error. */
export function unaryAppend(log: EventLog, faults: Faults) {
  return (
    call: Grpc.ServerReadableStream<Streams.AppendReq, Streams.AppendResp>,
    answer: Grpc.sendUnaryData<Streams.AppendResp>,
  ): void => {
    let options: Streams.AppendReq.Options | undefined;
    const events: Proposed[] = [];
    call.on('data', (request: Streams.AppendReq) => {
      if (request.hasOptions()) options = request.getOptions();
      else events.push(proposedOf(request.getProposedMessage() as Message));
    });
    call.on('error', () => {});
    call.on('end', () => {
      const refused = refusedNow(faults, call.metadata);
      if (refused !== undefined) return answer(refused);
      if (faults.muteAppends === 'drop') return;
      const stream = nameOf(options?.getStreamIdentifier());
      const result = log.append(stream, unaryExpected(options), events);
      if (faults.muteAppends === 'commit') return;
      if (faults.loseAnswers) return answer(lost());
      const error = asError(result, stream);
      const send = (): void => (error === undefined ? answer(null, unaryResponse(result)) : answer(error));
      if (faults.delayMs > 0) setTimeout(send, faults.delayMs);
      else send();
    });
  };
}

function unaryExpected(options: Streams.AppendReq.Options | undefined): Expected {
  const { ExpectedStreamRevisionCase: cases } = streams.AppendReq.Options;
  switch (options?.getExpectedStreamRevisionCase()) {
    case cases.NO_STREAM:
      return 'no_stream';
    case cases.STREAM_EXISTS:
      return 'stream_exists';
    case cases.REVISION:
      return Number(options.getRevision());
    default:
      return 'any';
  }
}

function unaryResponse(result: AppendResult): Streams.AppendResp {
  const response = new streams.AppendResp();
  if (result.kind === 'conflict') {
    const wrong = new streams.AppendResp.WrongExpectedVersion();
    if (result.current >= 0) wrong.setCurrentRevision(String(result.current));
    else wrong.setCurrentNoStream(new shared.Empty());
    wrong.setExpectedAny(new shared.Empty());
    response.setWrongExpectedVersion(wrong);
    return response;
  }
  const success = new streams.AppendResp.Success();
  success.setCurrentRevision(String('revision' in result ? result.revision : 0));
  if (result.kind === 'stored') {
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(result.position));
    position.setPreparePosition(String(result.position));
    success.setPosition(position);
  } else success.setNoPosition(new shared.Empty());
  response.setSuccess(success);
  return response;
}

type Batch = { options: Streams.BatchAppendReq.Options | undefined; readonly events: Proposed[] };

/** The batched way: one duplex call per client; parts of an append are joined by their correlation id. */
export function batchAppend(log: EventLog, faults: Faults) {
  return (call: Grpc.ServerDuplexStream<Streams.BatchAppendReq, Streams.BatchAppendResp>): void => {
    const open = new Map<string, Batch>();
    call.on('error', () => {});
    call.on('end', () => call.end());
    call.on('data', (request: Streams.BatchAppendReq) => {
      const refused = refusedNow(faults, call.metadata);
      if (refused !== undefined) return void call.emit('error', refused);
      const correlation = request.getCorrelationId()?.getString() ?? '';
      const batch = open.get(correlation) ?? { options: undefined, events: [] };
      open.set(correlation, batch);
      if (request.hasOptions()) batch.options = request.getOptions();
      for (const message of request.getProposedMessagesList())
        batch.events.push(proposedOf(message as Message));
      if (!request.getIsFinal() || faults.muteAppends === 'drop') return;
      open.delete(correlation);
      const stream = nameOf(batch.options?.getStreamIdentifier() as Shared.StreamIdentifier | undefined);
      const result = log.append(stream, batchExpected(batch.options), batch.events);
      if (faults.muteAppends === 'commit') return;
      if (faults.loseAnswers) return void call.emit('error', lost());
      const response = batchResponse(result, stream);
      response.setCorrelationId(request.getCorrelationId());
      const send = (): void => void (call.cancelled || call.write(response));
      if (faults.delayMs > 0) setTimeout(send, faults.delayMs);
      else send();
    });
  };
}

function batchExpected(options: Streams.BatchAppendReq.Options | undefined): Expected {
  const { ExpectedStreamPositionCase: cases } = streams.BatchAppendReq.Options;
  switch (options?.getExpectedStreamPositionCase()) {
    case cases.NO_STREAM:
      return 'no_stream';
    case cases.STREAM_EXISTS:
      return 'stream_exists';
    case cases.STREAM_POSITION:
      return Number(options.getStreamPosition());
    default:
      return 'any';
  }
}

function batchResponse(result: AppendResult, stream: string): Streams.BatchAppendResp {
  const response = new streams.BatchAppendResp();
  response.setStreamIdentifier(identifierOf(stream));
  if (result.kind === 'stored' || result.kind === 'repeated') {
    const success = new streams.BatchAppendResp.Success();
    success.setCurrentRevision(String(result.revision));
    if (result.kind === 'stored') {
      const position = new shared.AllStreamPosition();
      position.setCommitPosition(String(result.position));
      position.setPreparePosition(String(result.position));
      success.setPosition(position);
    } else success.setNoPosition(new Empty());
    response.setSuccess(success);
    return response;
  }
  const error = new status.Status();
  error.setCode(result.kind === 'conflict' ? 6 : 3);
  error.setMessage(result.kind);
  error.setDetails(batchDetail(result, stream));
  response.setError(error);
  return response;
}

function batchDetail(result: AppendResult, stream: string) {
  const detail = new Any();
  if (result.kind === 'deleted') {
    const deleted = new shared.StreamDeleted();
    deleted.setStreamIdentifier(identifierOf(stream));
    detail.pack(deleted.serializeBinary(), 'event_store.client.StreamDeleted');
  } else if (result.kind === 'too_large') {
    const large = new shared.MaximumAppendSizeExceeded();
    large.setMaxappendsize(MAX_APPEND_BYTES);
    detail.pack(large.serializeBinary(), 'event_store.client.MaximumAppendSizeExceeded');
  } else {
    const wrong = new shared.WrongExpectedVersion();
    const current = result.kind === 'conflict' ? result.current : -1;
    if (current >= 0) wrong.setCurrentStreamRevision(String(current));
    else wrong.setCurrentNoStream(new Empty());
    wrong.setExpectedAny(new Empty());
    detail.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  }
  return detail;
}
