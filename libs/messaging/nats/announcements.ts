import { jetstreamManager } from '@nats-io/jetstream';
import type { KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Millis } from '#lib/domain/kernel';
import { BUCKET } from './lease-bucket.js';

/** How subjects of its keys begin. */
const SUBJECTS = `$KV.${BUCKET}.`;

/** Two nodes would share work that is in two logs: each would leave half of its own to the other, who does not have it. */
export class LogsApart extends Error {
  override readonly name = 'NatsUnusable';
  constructor(others: readonly string[]) {
    super(
      `another scheduler is on this NATS (${others.join(', ')}), and the log of one of you is a file of its own: schedulers that share NATS share a log; set SYNCOPATE_EVENTSTORE_URL for all of them, stop the other, or use another NATS account`,
    );
  }
}

/** Two nodes would be one to all others: each takes the other's leases for its own, and its reading of records away. */
export class NodeTaken extends Error {
  override readonly name = 'NatsUnusable';
  constructor(node: string) {
    super(
      `another scheduler on this NATS is alive under the name ${node}: give each a SYNCOPATE_NODE of its own, or stop the other`,
    );
  }
}

/**
 * Keys under which nodes announce themselves, gone ones among them. Not the client's own listing: that ends when nothing is
 * left to be delivered, which a node that renews its announcement meanwhile may put off for ever.
 */
export async function announcements(nc: NatsConnection, timeout: Millis): Promise<readonly string[]> {
  const { streams } = await jetstreamManager(nc, { timeout, checkAPI: false });
  const { state } = await streams.info(`KV_${BUCKET}`, { subjects_filter: `${SUBJECTS}node.*` });
  return Object.keys(state.subjects ?? {}).map((subject) => subject.slice(SUBJECTS.length));
}

/** Whether no other node has announced itself, or has one of these leases. */
export async function isAlone(
  kv: KV,
  nodes: readonly string[],
  { node, leases }: { readonly node: string; readonly leases: readonly string[] },
): Promise<boolean> {
  for (const key of nodes)
    if (key !== `node.${node}` && (await kv.get(key))?.operation === 'PUT') return false;
  for (const lease of leases) {
    const entry = await kv.get(lease);
    if (entry?.operation === 'PUT' && entry.json<{ node: string }>().node !== node) return false;
  }
  return true;
}
