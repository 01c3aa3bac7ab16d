import { fromDefinition, printDuration } from '#lib/contracts/api';
import { iso, type Instant } from '#lib/domain/kernel';
import { limitsOf, providerEntry, type ProviderLimits } from '#lib/domain/provider';
import { effective, next } from '#lib/domain/recurrence';
import { allHaveRun } from '#lib/domain/schedule';
import type {
  ConflictRow,
  ConnectionRow,
  LogRow,
  ParkingRow,
  ProviderView,
  ScheduleView,
} from '#lib/projections';
import type { ProviderLoad } from '#lib/wiring';

/** Rows as the API shows them: instants in ISO 8601, lengths in the API's units, nothing that is null. */

export const at = (instant: Instant | null | undefined): string | undefined =>
  instant === null || instant === undefined ? undefined : iso(instant);

type Nothing = undefined | null;
/** What may be nothing may be absent, and nothing else may. */
type Present<T> = {
  [K in keyof T as Extract<T[K], Nothing> extends never ? K : never]: T[K];
} & {
  [K in keyof T as Extract<T[K], Nothing> extends never ? never : K]?: Exclude<T[K], Nothing>;
};

/** Leaves out what is not there. */
export const present = <T extends object>(values: T): Present<T> =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null),
  ) as Present<T>;

function nextOf(row: ScheduleView): { readonly nominal: string; readonly effective: string } | undefined {
  const { definition, status } = row;
  if (status !== 'active' || allHaveRun(row)) return undefined;
  const nominal = next(definition.recurrence, row.highWater);
  return nominal === undefined
    ? undefined
    : { nominal: iso(nominal), effective: iso(effective(definition.recurrence, nominal, row.id)) };
}

/** `asOf`: that it was so then. */
export const scheduleView = (row: ScheduleView, asOf?: Instant) => ({
  id: row.id,
  status: row.status,
  version: row.version,
  revision: row.revision,
  generation: row.generation,
  ...fromDefinition(row.definition),
  ...present({
    pause:
      row.pauseCause === null
        ? undefined
        : present({
            cause: row.pauseCause,
            at: at(row.pausedAt),
            until: at(row.pausedUntil),
            note: row.pauseNote,
          }),
    nextOccurrence: nextOf(row),
    lastRun:
      row.lastRun === null
        ? undefined
        : { id: row.lastRun, status: row.lastRunStatus, at: at(row.lastRunAt) },
    lastSuccessAt: at(row.lastSuccessAt),
  }),
  counters: {
    runs: row.runs,
    succeeded: row.succeeded,
    failed: row.failed,
    cancelled: row.cancelled,
    skipped: row.skipped,
    missed: row.missed,
    consecutiveFailures: row.consecutiveFailures,
  },
  createdAt: iso(row.createdAt),
  updatedAt: iso(row.updatedAt),
  ...present({ asOf: at(asOf) }),
});

export const runView = (row: LogRow) => ({
  id: row.run ?? `occurrence-${row.seq}`,
  ...present({
    schedule: row.schedule,
    user: row.user,
    connection: row.connection,
    provider: row.provider,
    trigger: row.trigger,
    operation: row.operation,
    priority: row.priority,
    status: row.status,
    reason: row.reason,
    blockedBy: row.blockedBy,
    nominal: iso(row.nominal),
    effective: at(row.effective),
    queuedAt: at(row.queuedAt),
    startedAt: at(row.startedAt),
    finishedAt: at(row.finishedAt),
    retryAt: at(row.retryAt),
    latenessMs: row.latenessMs,
    durationMs: row.durationMs,
    totalMs: row.totalMs,
    executor: row.executor,
    missed:
      row.count === null
        ? undefined
        : { count: row.count, exact: row.exact, first: at(row.first), last: iso(row.nominal) },
    error:
      row.errorClass === null
        ? undefined
        : present({ class: row.errorClass, message: row.errorMessage, code: row.errorCode }),
    records:
      row.recordsRead === null
        ? undefined
        : {
            read: row.recordsRead,
            written: row.recordsWritten ?? 0,
            rejected: row.recordsRejected ?? 0,
            ...(row.rejections === null ? {} : { rejections: row.rejections }),
          },
  }),
  attempts: (row.attemptLog ?? []).map(([attempt, startedAt, endedAt, outcome, errorClass, delayMs]) =>
    present({
      attempt,
      startedAt: iso(startedAt),
      endedAt: at(endedAt),
      outcome,
      errorClass: errorClass ?? undefined,
      nextAfterMs: delayMs,
    }),
  ),
});

export const conflictView = (row: ConflictRow) =>
  present({
    ...row,
    tenant: undefined,
    firstDetectedAt: iso(row.firstDetectedAt),
    lastDetectedAt: iso(row.lastDetectedAt),
    resolvedAt: at(row.resolvedAt),
  });

export const parkedView = ({ tenant: _, ...row }: ParkingRow) => ({
  ...row,
  firstParkedAt: iso(row.firstParkedAt),
  lastParkedAt: iso(row.lastParkedAt),
});

export const connectionView = (row: ConnectionRow) => ({
  id: row.id,
  status: row.status,
  ...present({
    user: row.user,
    provider: row.provider,
    connector: row.connector,
    config: row.config,
    suspension:
      row.suspendCause === null
        ? undefined
        : { cause: row.suspendCause, message: row.suspendMessage, at: at(row.suspendedAt) },
    consentEndsAt: at(row.consentEndsAt),
    registeredAt: at(row.registeredAt),
  }),
  claims: row.claims.map(({ schedule, operation, at: since }) => ({
    schedule,
    operation,
    since: iso(since),
  })),
});

const limitsView = ({ concurrency, userConcurrency, rate, breaker }: ProviderLimits) => ({
  concurrency,
  userConcurrency,
  ...(rate === undefined ? {} : { rate: { starts: rate.starts, per: printDuration(rate.perMs) } }),
  breaker: {
    failures: breaker.failures,
    open: printDuration(breaker.openMs),
    maxOpen: printDuration(breaker.maxOpenMs),
  },
});

export const providerView = (id: string, known: ProviderView | undefined, load: ProviderLoad) => {
  const entry = providerEntry(id);
  const { pause, circuit } = known ?? { pause: undefined, circuit: { status: 'closed' as const } };
  return {
    id,
    name: entry.name,
    limits: limitsView(limitsOf(id, known)),
    minimumInterval: printDuration(entry.minimumInterval),
    circuit: circuit.status === 'closed' ? circuit : { ...circuit, until: iso(circuit.until) },
    ...(pause === undefined
      ? {}
      : {
          pause: present({ cause: pause.cause, at: at(pause.at), until: at(pause.until), note: pause.note }),
        }),
    ...load,
  };
};
