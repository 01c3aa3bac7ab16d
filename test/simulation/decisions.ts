import type { Property } from '../support/faults/checker.js';
import type { Mode } from './simulate.js';
import type { FaultKind } from './troubles.js';

/** A wrong decision: one piece of one source file, replaced while it is loaded. */
export type Defect = { readonly file: string; readonly from: string; readonly to: string };

export type DecisionMutant = Defect & {
  readonly name: string;
  /** Which must name it. */
  readonly property: Property;
  readonly mode: Mode;
  /** Trouble in which it shows. */
  readonly kinds: readonly FaultKind[];
  /** Of the stories; default three days of four schedules. */
  readonly days?: number;
  readonly schedules?: number;
  /** The first one tried, where it is known which one shows it; 24 are. Default 1. */
  readonly seed?: number;
};

const runs = 'libs/domain/schedule/runs.ts';
const occurrences = 'libs/domain/schedule/occurrences.ts';
const leaseWatch = 'libs/application/sagas/lease-watch.saga.ts';
const leaseTable = 'libs/messaging/nats/lease-table.ts';
const cluster = { mode: 'distributed' } as const;

export const decisionMutants: readonly DecisionMutant[] = [
  {
    name: 'a late result that is believed, whatever its fence',
    property: 'P22',
    file: runs,
    from: `if (state.settled.includes(command.fence)) return accept();
  const open = heldBy(state, command);`,
    to: `const running = state.open.find(({ run }) => run === command.run);
  const open = running?.status === 'running' ? running : undefined;`,
    ...cluster,
    kinds: ['partition', 'pause', 'provider'],
    days: 2,
    schedules: 8,
    seed: 210,
  },
  {
    name: 'a claim whose double is taken for another',
    property: 'P8',
    file: runs,
    from: `open.attempt === command.attempt && open.claim === command.claim)
    return accept();
  if (open.status !== 'queued' || open.attempt !== command.attempt) {`,
    to: `open.attempt > command.attempt) return accept();
  if (open.attempt !== command.attempt) {`,
    ...cluster,
    kinds: ['network'],
  },
  {
    name: 'a lease that heartbeats do not renew',
    property: 'P23',
    file: leaseWatch,
    from: `lease.endsAt = this.options.environment.clock.monotonic() + this.options.leaseMs;`,
    to: `lease.expiring ||= false;`,
    ...cluster,
    kinds: ['provider'],
  },
  {
    name: 'a lease that never runs out',
    property: 'P23',
    file: leaseWatch,
    from: `else if (lease.endsAt <= now && !lease.expiring)`,
    to: `else if (lease.endsAt < 0)`,
    ...cluster,
    kinds: ['crash'],
  },
  {
    name: 'leases watched by a node that does not hold their shard',
    property: 'P23',
    file: leaseWatch,
    from: `if (!leases.holds(shard)) continue;`,
    to: ``,
    ...cluster,
    kinds: ['partition', 'provider'],
  },
  {
    name: 'a shard held for as long as nobody says otherwise',
    property: 'P23',
    file: leaseTable,
    from: `held !== undefined && this.clock.monotonic() < held.since + this.ttl - this.margin`,
    to: `held !== undefined`,
    ...cluster,
    kinds: ['partition', 'provider'],
    seed: 5,
  },
  {
    name: 'a shard that nobody takes over from the dead',
    property: 'P27',
    file: leaseTable,
    from: `return seen === undefined || now >= seen.at + this.ttl;`,
    to: `return seen === undefined;`,
    ...cluster,
    kinds: ['crash', 'pause'],
    days: 1,
  },
  {
    name: 'a shard that is not renewed in time',
    property: 'P23',
    file: leaseTable,
    from: `filter(([, { since }]) => now >= since + this.ttl / 3)`,
    to: `filter(([, { since }]) => now >= since + this.ttl * 3)`,
    ...cluster,
    kinds: ['crash'],
  },
  {
    name: 'a won shard whose overdue schedules are not looked for',
    property: 'P27',
    file: 'libs/application/sagas/timing.saga.ts',
    from: `this.#forget = leases.onChange(() => this.#refillSoon(environment.clock.now()));`,
    to: ``,
    ...cluster,
    kinds: ['crash', 'pause'],
  },
  {
    name: 'an offer that is lost and not made again',
    property: 'P21',
    file: 'libs/application/sagas/dispatch.saga.ts',
    from: `entry.offerAgainAt <= monotonic`,
    to: `entry.offerAgainAt < 0`,
    ...cluster,
    kinds: ['network'],
    days: 2,
  },
  {
    name: 'a decision stored over another that came between',
    property: 'P8',
    file: 'libs/application/actors/settled.ts',
    from: `return await store.append(stream, expected, events);`,
    to: `{
        const { length } = await store.readStream(stream);
        void expected;
        return await store.append(stream, length - 1, events);
      }`,
    ...cluster,
    kinds: ['pause', 'partition', 'store'],
  },
  {
    name: 'a command acknowledged before it is stored',
    property: 'P13',
    file: 'libs/application/actors/actors.ts',
    from: `stored = await settled(this.options, stream, actor.revision, batch);`,
    to: `stored = {
        position: (await this.options.store.head()) + batch.length,
        revision: actor.revision + batch.length,
      };
      void settled(this.options, stream, actor.revision, batch).catch(() => {});`,
    ...cluster,
    kinds: ['store', 'crash'],
    days: 1,
  },
  {
    name: 'an occurrence decided once more: >= for > where the last one is',
    property: 'P1',
    file: occurrences,
    from: `const onTimeFrom = Math.max(draft.state.highWater, late ?? draft.state.highWater);`,
    to: `const onTimeFrom = Math.max(draft.state.highWater, late ?? draft.state.highWater) - 1;`,
    ...cluster,
    kinds: [],
  },
  {
    name: 'an occurrence that does not wait for its spread',
    property: 'P2',
    file: occurrences,
    from: `effective(definition.recurrence, nominal, id) <= draft.now;`,
    to: `nominal <= draft.now || id === '';`,
    ...cluster,
    kinds: ['clients', 'provider'],
    seed: 5,
  },
  {
    name: 'a count of missed occurrences with the next one in it: <= for <',
    property: 'P1',
    file: occurrences,
    from: `recordMissed(draft, from, first - 1,`,
    to: `recordMissed(draft, from, first,`,
    mode: 'embedded',
    kinds: ['crash', 'clock'],
  },
  {
    name: 'a place kept for a start that was not stored',
    property: 'P21',
    file: 'libs/application/executor-desk/direct-start.ts',
    from: `admission.release(run, attempt);`,
    to: ``,
    mode: 'embedded',
    kinds: ['store'],
  },
  {
    name: 'a request that is forgotten with its run',
    property: 'P26',
    file: 'libs/domain/schedule/requests.ts',
    from: `state.requests.includes(manualRequest(command.request)) ||`,
    to: ``,
    ...cluster,
    kinds: ['clients'],
  },
  {
    name: 'a checkpoint of a read model that is stored before its rows',
    property: 'P18',
    file: 'libs/projections/runner/applier.ts',
    from: `      this.#applied = event.position;`,
    to: `      this.#applied = event.position;
      this.db.prepare('UPDATE checkpoint SET position = ?').run(event.position);`,
    mode: 'embedded',
    kinds: ['crash'],
    seed: 8,
  },
  {
    name: 'a retry without a cap',
    property: 'P21',
    file: 'libs/domain/retry/retry-policy.ts',
    from: `if (failed.failures >= policy.maxAttempts)`,
    to: `if (failed.failures < 0)`,
    ...cluster,
    kinds: ['provider', 'oversized'],
  },
  {
    name: 'an endpoint whose place is kept before what it was told of is stored',
    property: 'P30',
    file: 'libs/application/webhooks/lanes.ts',
    from: 'return this.#kept.length === 0 && this.#taking === 0 ? this.#cursor : this.#settled;',
    to: 'return this.#cursor;',
    mode: 'embedded',
    kinds: ['crash', 'clients'],
    schedules: 8,
  },
  {
    name: 'a delivery that is believed of whoever reports it',
    property: 'P30',
    file: 'libs/domain/webhook/report.ts',
    from: 'const news = report.attempts.filter((tried) => isNews(state, tried));',
    to: 'const news = report.attempts;',
    ...cluster,
    kinds: ['partition', 'pause', 'crash', 'clients'],
    schedules: 8,
  },
  {
    name: 'a schedule of many that is changed, whatever became of it since',
    property: 'P37',
    file: 'libs/application/bulk/step.ts',
    from: 'ifVersion: version };',
    to: 'ifVersion: undefined };',
    mode: 'embedded',
    kinds: ['clients'],
    days: 14,
    schedules: 8,
  },
  {
    name: 'a step of many that is taken again as if it were another',
    property: 'P37',
    file: 'libs/application/bulk/step.ts',
    from: 'const keyed = { ...as, idempotency: { key, fingerprint: key } };',
    to: 'const keyed = key === undefined ? { ...as, idempotency: key } : as;',
    mode: 'embedded',
    // Most of it clients: only what was asked for can be interrupted.
    kinds: ['crash', 'store', 'clients', 'clients', 'clients'],
    days: 14,
    schedules: 8,
  },
];
