import type { ConsumerDeserializer, IncomingRequest, Serializer } from '@nestjs/microservices';
import { structureProblem } from '#lib/contracts/api';

type NatsMessage = { readonly data: Uint8Array; readonly reply?: string };
type Outgoing = { readonly response?: unknown; readonly err?: unknown; readonly id?: string };

const text = new TextDecoder('utf-8', { fatal: true });
const MAX_BYTES = 256 * 1024;

/** The request as it is on the wire: plain JSON, with or without Nest's envelope around it. */
const IN_ENVELOPE = 'nest:';
const PLAIN = 'plain:';

/**
 * Lets any client speak to Nest's NATS transport: a plain JSON payload is answered by a plain JSON payload. Requests of
 * Nest's own client come in an envelope, and get one back. What cannot be read arrives as {@link Unreadable}: so the
 * caller gets a problem, not silence.
 */
export class PlainRequests implements ConsumerDeserializer {
  deserialize(message: NatsMessage, options?: { readonly channel: string }): IncomingRequest {
    const payload = read(message.data);
    const pattern = options?.channel ?? '';
    if (isEnvelope(payload)) return { id: `${IN_ENVELOPE}${payload.id}`, pattern, data: payload.data };
    return { id: PLAIN, pattern, data: payload };
  }
}

export class PlainReplies implements Serializer {
  serialize(packet: Outgoing): { readonly data: string } {
    const { id = PLAIN, ...rest } = packet;
    if (id.startsWith(IN_ENVELOPE))
      return { data: JSON.stringify({ ...rest, id: id.slice(IN_ENVELOPE.length) }) };
    return { data: JSON.stringify(packet.err ?? packet.response ?? {}) };
  }
}

/** A payload that no operation can take, and why. */
export class Unreadable {
  constructor(readonly why: string) {}
}

function read(data: Uint8Array): unknown {
  if (data.length === 0) return {};
  if (data.length > MAX_BYTES) return new Unreadable('the payload is larger than 256 KiB');
  try {
    const value: unknown = JSON.parse(text.decode(data));
    const wrong = structureProblem(value);
    return wrong === undefined ? value : new Unreadable(wrong);
  } catch {
    return new Unreadable('the payload is not JSON in UTF-8');
  }
}

const isEnvelope = (value: unknown): value is { readonly id: string; readonly data: unknown } =>
  typeof value === 'object' &&
  value !== null &&
  'pattern' in value &&
  'id' in value &&
  typeof value.id === 'string';
