import type { Faults } from './faults.js';
import { grpc, refusal, type Grpc } from './protocol.js';

/** Why a call is refused right now, whatever it asks. */
export function refusedNow(faults: Faults, metadata: Grpc.Metadata): Grpc.ServiceError | undefined {
  if (faults.unavailable) return refusal(grpc.status.UNAVAILABLE, 'Server Is Not Ready');
  if (faults.denied)
    return refusal(grpc.status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
  // A follower passes on what does not insist on the leader.
  if (!faults.notLeader || metadata.get('requires-leader')[0] !== 'true') return undefined;
  return refusal(grpc.status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': '127.0.0.1',
    'leader-endpoint-port': String(faults.leaderPort),
  });
}

/** The node went away before it could answer. */
export const lost = (): Grpc.ServiceError => refusal(grpc.status.UNAVAILABLE, 'Connection dropped');

export const invalidPosition = (): Grpc.ServiceError =>
  refusal(grpc.status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');

export const streamDeleted = (stream: string): Grpc.ServiceError =>
  refusal(grpc.status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const appendTooLarge = (limit: number): Grpc.ServiceError =>
  refusal(grpc.status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });
