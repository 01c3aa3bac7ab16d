/** The shared work, cut into leases: schedules by shard, and what one node does for all. */
export const SHARDS = 32;

/** FNV-1a over the id: the same on every node and in every release, or two nodes would disagree about who ticks. */
export function shardOf(schedule: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < schedule.length; index += 1) {
    hash = Math.imul(hash ^ schedule.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % SHARDS;
}

export const shardLeases: readonly string[] = Array.from({ length: SHARDS }, (_, shard) => `shard-${shard}`);

/** Who ticks the schedules of a shard, watches their executors, and answers claims and reports. */
export const shardLease = (shard: number): string => shardLeases[shard] ?? `shard-${shard}`;
/** The same, of a schedule's own shard. */
export const shardLeaseOf = (schedule: string): string => shardLease(shardOf(schedule));
/** Who admits waiting runs: one node, so that every limit holds over all of them. */
export const DISPATCH_LEASE = 'dispatch';
/** Who runs the checkpointed sagas. */
export const REACTIONS_LEASE = 'reactions';
/** Who relays integration events. */
export const RELAY_LEASE = 'relay';
/** Who tells webhooks. */
export const WEBHOOKS_LEASE = 'webhooks';
/** Who decides submitted commands: one node, so that those about one schedule are decided in their order. */
export const COMMANDS_LEASE = 'commands';

/** Who carries out bulk changes, one after another. */
export const BULK_CHANGES_LEASE = 'bulk-changes';

export const singletonLeases = [
  DISPATCH_LEASE,
  REACTIONS_LEASE,
  RELAY_LEASE,
  WEBHOOKS_LEASE,
  COMMANDS_LEASE,
  BULK_CHANGES_LEASE,
] as const;
