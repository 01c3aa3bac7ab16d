import {
  bulkAggregate,
  CommandOutage,
  type Actors,
  type CommandAnswer,
  type CommandContext,
} from '#lib/application/actors';
import { idFor } from '#lib/application/creation';
import { MAX_BULK, type BulkFilter } from '#lib/contracts/api';
import { bulkStream } from '#lib/contracts/streams';
import {
  isAsked,
  type AskedBulkChange,
  type BulkChange,
  type BulkItem,
  type BulkState,
} from '#lib/domain/bulk';
import type { Rejection } from '#lib/domain/kernel';
import { Planning, type Plan, type PlanningOptions } from './planning.js';

/** Of one tenant, at once: each writes down what it will do, which may be megabytes. */
const MOST_OPEN = 10;

/** Items and bytes of one event of a plan: the log takes 64 KiB, and what takes a recurrence back may be long. */
const PAGE = 500;
const PAGE_BYTES = 48 * 1024;

/** In their order, each with the place of its first. */
function* pagesOf(
  items: readonly BulkItem[],
): Generator<readonly [from: number, items: readonly BulkItem[]]> {
  let from = 0;
  let bytes = 0;
  for (const [at, item] of items.entries()) {
    const more = Buffer.byteLength(JSON.stringify(item));
    if (at > from && (at - from === PAGE || bytes + more > PAGE_BYTES)) {
      yield [from, items.slice(from, at)];
      from = at;
      bytes = 0;
    }
    bytes += more;
  }
  if (from < items.length) yield [from, items.slice(from)];
}

export type BulkChangesOptions = PlanningOptions & {
  readonly actors: Pick<Actors, 'execute' | 'read' | 'drop'>;
  /** Whether the read model got to where the log is now, in a while. */
  readonly caughtUp: () => Promise<boolean>;
};

/** A change, and the schedules that it is asked of. */
export type Asked = { readonly filter: BulkFilter; readonly change: BulkChange };

type Parsed = { readonly filter: BulkFilter; readonly change: { readonly action: BulkChange['action'] } };

/** A change of definitions is kept as it was sent: it was parsed, and is parsed again against each definition. */
export function asSent({ filter, change }: Parsed, sent: unknown): Asked {
  if (change.action !== 'update') return { filter, change: change as BulkChange };
  const { set } = (sent as { readonly change: { readonly set: object } }).change;
  return { filter, change: { action: 'update', set } };
}

const refuse = (rejection: Rejection): { readonly ok: false; readonly rejection: Rejection } => ({
  ok: false,
  rejection,
});

/**
 * Changes asked of every schedule that matches: told beforehand, asked for, taken back. The saga carries them out. What is
 * planned is what was there when it was asked for: whatever changes meanwhile is left alone, as its version tells.
 */
export class BulkChanges {
  constructor(private readonly options: BulkChangesOptions) {}

  /** What it would do, and nothing is done. @throws {CommandOutage} the read model is behind */
  async preview({ filter, change }: Asked, tenant: string): Promise<Plan> {
    if (!(await this.options.caughtUp()))
      throw new CommandOutage('store_unavailable', 'reads do not reflect the log yet; ask again');
    return new Planning(this.options, tenant, change).plan(filter);
  }

  /** The id of a new one. With an idempotency key it follows from that. */
  newId(context: CommandContext): string {
    return idFor(context, this.options.environment);
  }

  /** `expect`: how many are to be changed. @throws {CommandOutage} */
  async request(
    id: string,
    asked: Asked & { readonly expect?: number | undefined },
    context: CommandContext,
  ): Promise<CommandAnswer<BulkState>> {
    const { actors } = this.options;
    const { filter, change, expect } = asked;
    const stream = bulkStream(id);
    const nothing = { matched: 0, unchanged: 0, refused: {} };
    const { state } = await actors.read(bulkAggregate, stream, context.tenant);
    // Asked for before: answered as then.
    if (isAsked(state))
      return actors.execute(
        bulkAggregate,
        stream,
        { type: 'RequestBulkChange', id, change, filter, ...nothing },
        context,
      );
    const late = this.#alreadyOver(change);
    if (late !== undefined) return refuse(late);
    const plan = await this.preview(asked, context.tenant);
    const other = otherThanAsked(plan, expect) ?? this.#tooManyOpen(context.tenant);
    if (other !== undefined) return refuse(other);
    const { idempotency: _, ...unkeyed } = context;
    const { matched, items, unchanged, refused } = plan;
    for (const [from, page] of pagesOf(items)) {
      const command = { type: 'PlanBulkChange', id, from, items: page } as const;
      const planned = await actors.execute(bulkAggregate, stream, command, unkeyed);
      if (!planned.ok) return planned;
    }
    const command = { type: 'RequestBulkChange', id, change, filter, matched, unchanged, refused } as const;
    return actors.execute(bulkAggregate, stream, command, context);
  }

  /** Brings back what it changed, where nobody has changed it since. */
  undo(id: string, note: string | undefined, context: CommandContext): Promise<CommandAnswer<BulkState>> {
    return this.options.actors.execute(
      bulkAggregate,
      bulkStream(id),
      { type: 'UndoBulkChange', id, note },
      context,
    );
  }

  /** Undefined: there is none. One that is over is let go of again. */
  async find(id: string, tenant: string): Promise<AskedBulkChange | undefined> {
    const { actors } = this.options;
    const { state } = await actors.read(bulkAggregate, bulkStream(id), tenant);
    if (!isAsked(state)) return undefined;
    if (state.status === 'completed' || state.status === 'undone') actors.drop(bulkStream(id));
    return state;
  }

  #tooManyOpen(tenant: string): Rejection | undefined {
    if (this.options.facts.openBulkChanges(tenant).length < MOST_OPEN) return undefined;
    const message = `${MOST_OPEN} bulk changes are under way: ask again when one of them is done`;
    return { reason: 'too_many_bulk_changes', message };
  }

  #alreadyOver(change: BulkChange): Rejection | undefined {
    if (change.action !== 'pause' || change.until === undefined) return undefined;
    if (change.until > this.options.environment.clock.now()) return undefined;
    return { reason: 'invalid_pause', message: 'until must lie in the future', field: 'change.until' };
  }
}

/** Why what was asked for is not to be done. */
function otherThanAsked(plan: Plan, expect: number | undefined): Rejection | undefined {
  const { matched, items, unchanged, refused, refusals, tooMany } = plan;
  if (tooMany)
    return {
      reason: 'too_many_schedules',
      message: `more than ${MAX_BULK} schedules would be changed: narrow the filter, and ask once for each part`,
      field: 'filter',
    };
  if (items.length === 0)
    return {
      reason: 'nothing_to_change',
      message: `of ${matched} schedules that match none would be changed`,
      details: { matched, unchanged, refused, refusals },
    };
  if (expect === undefined || expect === items.length) return undefined;
  return {
    reason: 'other_than_expected',
    message: `${items.length} schedules would be changed, not ${expect}: preview it again`,
    field: 'expect',
    details: { changes: items.length },
  };
}
