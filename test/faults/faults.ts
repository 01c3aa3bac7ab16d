import type { CheckOptions } from '../support/faults/checker.js';
import type { FaultProxy } from '../support/faults/proxy.js';
import { connect } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import type { Cluster, Member } from './cluster.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };
/** What the checker must know to judge fairly: who died, who could not be heard, who was asked to leave. */
export type Notes = Mutable<
  Required<Pick<CheckOptions, 'takeovers' | 'drains' | 'deaths' | 'silences' | 'outages'>>
>;

export const noNotes = (): Notes => ({ takeovers: [], drains: [], deaths: [], silences: [], outages: [] });

export type Scene = {
  readonly cluster: Cluster;
  readonly notes: Notes;
  readonly random: () => number;
  /** Longer than a lease and a take-over, in ms. */
  readonly longMs: number;
  /** Keeps what was done to whom, for whoever wants to know afterwards. */
  readonly say: (text: string) => void;
};

export type Fault = { readonly name: string; readonly happen: (scene: Scene) => Promise<void> };

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const pick = <T>(from: readonly T[], random: () => number): T => {
  const picked = from[Math.floor(random() * from.length)];
  if (picked === undefined) throw new Error('there is nothing to pick from');
  return picked;
};

/** Nothing that an executor says can be heard for a while, and for as long as it needs to come back. */
async function silent(scene: Scene, member: Member, during: () => Promise<void>): Promise<void> {
  const from = Date.now();
  await during();
  const to = Date.now() + scene.longMs;
  if (member.node.role === 'executor') scene.notes.silences.push({ executor: member.node.name, from, to });
  else scene.notes.takeovers.push({ at: from, node: member.node.name });
}

/** Everybody was without a server. */
async function outage(scene: Scene, during: () => Promise<void>): Promise<void> {
  const from = Date.now();
  await during();
  const to = Date.now() + 8_000;
  scene.notes.outages.push({ from, to });
  for (const { node } of scene.cluster.executors)
    scene.notes.silences.push({ executor: node.name, from, to });
}

/** @param away at least, and for up to two seconds more, in ms */
const killed = (role: 'schedulers' | 'executors', away: number) => async (scene: Scene) => {
  const { node } = pick(scene.cluster[role], scene.random);
  const at = Date.now();
  scene.say(`kill ${node.name}`);
  if (role === 'executors') {
    scene.notes.deaths.push({ at, executor: node.name });
    // Its successor has its name, and is at work while the leases of the dead run out.
    scene.notes.silences.push({ executor: node.name, from: at, to: at + scene.longMs });
  } else scene.notes.takeovers.push({ at, node: node.name });
  await node.end('SIGKILL');
  await wait(away + scene.random() * 2_000);
  await node.start();
};

const stopped = (role: 'schedulers' | 'executors') => async (scene: Scene) => {
  const member = pick(scene.cluster[role], scene.random);
  await silent(scene, member, async () => {
    scene.say(`stop ${member.node.name}`);
    member.node.signal('SIGSTOP');
    await wait(scene.longMs * (0.3 + scene.random()));
    member.node.signal('SIGCONT');
    scene.say(`continue ${member.node.name}`);
  });
};

const drained = (role: 'schedulers' | 'executors') => async (scene: Scene) => {
  const { node } = pick(scene.cluster[role], scene.random);
  const at = Date.now();
  scene.say(`drain ${node.name}`);
  const code = await node.end('SIGTERM');
  // From here on whoever has its name is its successor, which takes work before it says that it is ready.
  const until = Date.now();
  const took = until - at;
  if (code !== 0 || took > 10_000)
    throw new Error(`${node.name} took ${took} ms to drain and ended with ${code}`);
  await node.start();
  if (role === 'executors') scene.notes.drains.push({ at, executor: node.name, until });
  else scene.notes.takeovers.push({ at, node: node.name });
};

/** @param break_ returns which way, where there is one to say */
const link = (break_: (proxy: FaultProxy, random: () => number) => string | void) => async (scene: Scene) => {
  const { cluster, random } = scene;
  const member = pick(cluster.members, random);
  const proxy = member.store !== undefined && random() < 0.5 ? member.store : member.nats;
  const name = `${member.node.name}'s link to ${proxy === member.nats ? 'NATS' : 'the store'}`;
  await silent(scene, member, async () => {
    scene.say(`${name}: ${break_(proxy, random) ?? 'broken'}`);
    await wait(1_000 + random() * scene.longMs);
    proxy.heal();
    scene.say(`${name}: healed`);
  });
};

async function loseStreams(scene: Scene): Promise<void> {
  const nc = await connect({ servers: scene.cluster.nats.url });
  const manager = await jetstreamManager(nc);
  const stream = pick(['SYNCOPATE_WORK', 'SYNCOPATE_WORK', 'KV_syncopate-leases'], scene.random);
  scene.say(`delete ${stream}`);
  await manager.streams.delete(stream);
  await nc.close();
  await wait(1_000);
}

/** Each role in turn, in every way that it can fail. */
export const faults: readonly Fault[] = [
  { name: 'executor killed', happen: killed('executors', 500) },
  { name: 'scheduler killed', happen: killed('schedulers', 500) },
  { name: 'link slow', happen: link((proxy) => proxy.set({ latencyMs: 40, jitterMs: 40 })) },
  { name: 'executor stopped and continued', happen: stopped('executors') },
  { name: 'streams deleted', happen: (scene) => outage(scene, () => loseStreams(scene)) },
  { name: 'scheduler stopped and continued', happen: stopped('schedulers') },
  { name: 'link reset', happen: link((proxy) => proxy.reset()) },
  { name: 'executor drained', happen: drained('executors') },
  { name: 'nats killed', happen: (scene) => outage(scene, () => scene.cluster.restartNats()) },
  {
    name: 'old copy of JetStream restored',
    happen: (scene) => outage(scene, () => scene.cluster.rollBackNats(2_000)),
  },
  { name: 'link silent', happen: link((proxy) => proxy.blackHole()) },
  { name: 'scheduler drained', happen: drained('schedulers') },
  { name: 'link in slices', happen: link((proxy) => proxy.set({ sliceBytes: 7 })) },
  { name: 'event store restarted', happen: (scene) => outage(scene, () => scene.cluster.restartStore()) },
  {
    name: 'link silent one way',
    happen: link((proxy, random) => {
      const way = random() < 0.5 ? 'up' : 'down';
      proxy.blackHole(way);
      return `silent ${way}`;
    }),
  },
  // For longer than a take-over may keep anything waiting: nobody but the other one can have done what was its share.
  { name: 'scheduler away for long', happen: killed('schedulers', 20_000) },
];
