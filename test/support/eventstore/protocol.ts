import { createRequire } from 'node:module';
import type * as Grpc from '@grpc/grpc-js';
import type * as AnyPb from 'google-protobuf/google/protobuf/any_pb.js';
import type * as EmptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import type * as FeaturesService from '../../../node_modules/@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type * as Features from '../../../node_modules/@eventstore/db-client/generated/serverfeatures_pb.js';
import type * as Shared from '../../../node_modules/@eventstore/db-client/generated/shared_pb.js';
import type * as Status from '../../../node_modules/@eventstore/db-client/generated/status_pb.js';
import type * as StreamsService from '../../../node_modules/@eventstore/db-client/generated/streams_grpc_pb.js';
import type * as Streams from '../../../node_modules/@eventstore/db-client/generated/streams_pb.js';

/** The protocol as the client itself ships it: the double speaks the very definitions that the client speaks. */
const client = createRequire(import.meta.url).resolve('@eventstore/db-client');
const generated = createRequire(client.replace(/dist[\\/].*$/, 'generated/streams_pb.js'));

export const grpc = generated('@grpc/grpc-js') as typeof Grpc;
export const streams = generated('./streams_pb') as typeof Streams;
export const shared = generated('./shared_pb') as typeof Shared;
export const status = generated('./status_pb') as typeof Status;
export const features = generated('./serverfeatures_pb') as typeof Features;
export const { StreamsService: streamsService } = generated('./streams_grpc_pb') as typeof StreamsService;
export const { ServerFeaturesService: featuresService } = generated(
  './serverfeatures_grpc_pb',
) as typeof FeaturesService;
export const { Any } = generated('google-protobuf/google/protobuf/any_pb.js') as typeof AnyPb;
export const { Empty } = generated('google-protobuf/google/protobuf/empty_pb.js') as typeof EmptyPb;

export type { Grpc, Shared, Streams };

export const nameOf = (identifier: Shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

export function identifierOf(name: string): Shared.StreamIdentifier {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Uint8Array.from(Buffer.from(name)));
  return identifier;
}

export function uuidOf(value: string): Shared.UUID {
  const uuid = new shared.UUID();
  uuid.setString(value);
  return uuid;
}

/** A refusal as the server sends it: a gRPC status, and in trailers what the client tells the kinds apart by. */
export function refusal(
  code: Grpc.status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): Grpc.ServiceError {
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata, name: 'ServiceError' });
}
