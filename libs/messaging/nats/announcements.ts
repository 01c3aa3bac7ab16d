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

const NODE = 'node.';

/** Under which key a node announces itself. */
export const presenceOf = (node: string): string => NODE + node;

/** Whose announcement a key is; undefined: it is a lease's. */
export const announcedBy = (key: string): string | undefined =>
  key.startsWith(NODE) ? key.slice(NODE.length) : undefined;

type Told = { readonly node: string; readonly says: string };

/**
 * The other nodes that are there, and what they announce. Not by the client's own listing of keys: that ends when nothing is left
 * to be delivered, which a node that renews its announcement meanwhile may put off for ever.
 */
export async function otherNodes(
  { nc, kv, timeout }: { readonly nc: NatsConnection; readonly kv: KV; readonly timeout: Millis },
  own: string,
): Promise<readonly Told[]> {
  const { streams } = await jetstreamManager(nc, { timeout, checkAPI: false });
  const { state } = await streams.info(`KV_${BUCKET}`, { subjects_filter: SUBJECTS + presenceOf('*') });
  const found: Told[] = [];
  for (const subject of Object.keys(state.subjects ?? {})) {
    const node = announcedBy(subject.slice(SUBJECTS.length));
    if (node === undefined || node === own) continue;
    const entry = await kv.get(presenceOf(node));
    if (entry?.operation === 'PUT') found.push({ node, says: entry.string() });
  }
  return found;
}

/** Whether one of these leases is another node's. */
export async function isAnothers(kv: KV, own: string, leases: readonly string[]): Promise<boolean> {
  for (const lease of leases) {
    const entry = await kv.get(lease);
    if (entry?.operation === 'PUT' && entry.json<{ node: string }>().node !== own) return true;
  }
  return false;
}
