import { DAY, iso, type Millis } from '#lib/domain/kernel';
import { between, checkRecurrence } from '#lib/domain/recurrence';
import type { ScheduleDefinition } from '#lib/domain/schedule';
import type { DefinitionFacts, Finding } from './finding.js';

/** What is looked at for gaps that are too small: so many occurrences, and a month of them, for each week may be another. */
const LOOK_AHEAD = 50;
const LOOK_AHEAD_MS = 32 * DAY;
/** As often as daily times can be: whoever is due more often shows it sooner. */
const LOOK_AHEAD_MOST = 32 * 96;

type Kind = Finding['kind'];
const error = (
  kind: Kind,
  code: string,
  field: string,
  message: string,
  details?: Finding['details'],
): Finding => ({
  severity: 'error',
  kind,
  code,
  field,
  message,
  ...(details === undefined ? {} : { details }),
});
const warning = (
  kind: Kind,
  code: string,
  field: string,
  message: string,
  details?: Finding['details'],
): Finding => ({
  ...error(kind, code, field, message, details),
  severity: 'warning',
});

/** In words: 90000 is "1 min 30 s". */
export function inWords(ms: Millis): string {
  const seconds = Math.round(ms / 1_000);
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const named = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return named.length === 0 ? '0 s' : named.slice(0, 2).join(' ');
}

function integrity(definition: ScheduleDefinition, facts: DefinitionFacts): Finding[] {
  const findings = checkRecurrence(definition.recurrence, facts.now).map((found): Finding => ({
    ...found,
    kind: 'integrity',
    field: found.field === '' ? 'recurrence' : `recurrence.${found.field}`,
  }));
  const { retry, timeoutMs, catchUp, overlap, bufferCap } = definition;
  if (retry.baseMs > retry.capMs)
    findings.push(
      error(
        'integrity',
        'retry_base_above_cap',
        'retry.base',
        `the first delay (${inWords(retry.baseMs)}) is longer than the longest (${inWords(retry.capMs)}): lower base or raise cap`,
      ),
    );
  if (retry.factor < 1)
    findings.push(
      error(
        'integrity',
        'retry_factor_below_one',
        'retry.factor',
        'a factor below 1 would make delays shrink; 1 or more',
      ),
    );
  if (timeoutMs > DAY)
    findings.push(error('integrity', 'timeout_too_long', 'timeout', 'an attempt may take 24 hours at most'));
  if (retry.maxAttempts > 1 && retry.baseMs > retry.budgetMs)
    findings.push(
      warning(
        'integrity',
        'retry_budget_too_short',
        'retry.budget',
        `the first retry would come after the budget of ${inWords(retry.budgetMs)}: nothing is ever retried`,
      ),
    );
  if (catchUp.policy === 'all' && overlap === 'buffer_one')
    findings.push(
      warning(
        'integrity',
        'catch_up_meets_buffer',
        'catchUp.policy',
        'buffer_one keeps one run back: of those caught up on, all but two are skipped; use buffer_all',
      ),
    );
  if (overlap === 'buffer_all' && bufferCap < 1)
    findings.push(
      error('integrity', 'buffer_cap_zero', 'bufferCap', 'buffer_all needs room for at least one run'),
    );
  return findings;
}

function ownership(definition: ScheduleDefinition, { connectionOf: owner }: DefinitionFacts): Finding[] {
  return (['user', 'provider'] as const)
    .filter((field) => owner !== undefined && owner[field] !== definition[field])
    .map((field) =>
      error(
        'integrity',
        'connection_mismatch',
        field,
        `connection ${definition.connection} is not ${field === 'user' ? `of user ${definition.user}` : `to ${definition.provider}`}: name the ${field} that it was registered with, or another connection`,
      ),
    );
}

function duplicates(definition: ScheduleDefinition, facts: DefinitionFacts): Finding[] {
  const findings = facts.sameConnection
    .filter((other) => other.operation === definition.operation)
    .map(({ id }) =>
      error(
        'duplicate',
        'duplicate_schedule',
        'connection',
        `schedule ${id} already does ${definition.operation} for connection ${definition.connection}; change or delete that one`,
        { schedule: id },
      ),
    );
  const { connectionSuspended: suspended } = facts;
  if (suspended !== undefined)
    findings.push(
      error(
        'integrity',
        'connection_suspended',
        'connection',
        `the connection is suspended (${suspended.cause}): ${suspended.message}`,
      ),
    );
  return findings;
}

function quotas(definition: ScheduleDefinition, { counts, quotas: most }: DefinitionFacts): Finding[] {
  const findings: Finding[] = [];
  if (counts.user >= most.schedulesPerUser)
    findings.push(
      error(
        'quota',
        'too_many_schedules',
        'user',
        `user ${definition.user} has ${counts.user} schedules; ${most.schedulesPerUser} is the most`,
      ),
    );
  if (counts.userProvider >= most.schedulesPerUserAndProvider) {
    findings.push(
      error(
        'quota',
        'too_many_schedules_at_provider',
        'provider',
        `user ${definition.user} has ${counts.userProvider} schedules at ${definition.provider}; ${most.schedulesPerUserAndProvider} is the most`,
      ),
    );
  }
  return findings;
}

/** What it will be due at; dates left out are looked at too: they pass. */
function instantsAhead({ recurrence }: ScheduleDefinition, now: number): readonly number[] {
  const always = { ...recurrence, excludedDates: [] };
  const near = between(always, now, Number.MAX_SAFE_INTEGER, LOOK_AHEAD).instants;
  const last = near.at(-1);
  if (last === undefined || near.length < LOOK_AHEAD) return near;
  const until = (near[0] ?? now) + LOOK_AHEAD_MS;
  return [...near, ...between(always, last, until, LOOK_AHEAD_MOST - LOOK_AHEAD).instants];
}

function spacing(definition: ScheduleDefinition, facts: DefinitionFacts): Finding[] {
  const instants = instantsAhead(definition, facts.now);
  const gaps = instants.slice(1).map((instant, index) => ({
    from: instants[index] ?? instant,
    to: instant,
    length: instant - (instants[index] ?? instant),
  }));
  const [firstGap] = gaps;
  if (firstGap === undefined) return [];
  const least = gaps.reduce((a, b) => (b.length < a.length ? b : a));
  const most = gaps.reduce((a, b) => (b.length > a.length ? b : a));
  const findings: Finding[] = [];
  const { minimumIntervalMs } = facts.quotas;
  if (least.length < minimumIntervalMs) {
    findings.push(
      error(
        'quota',
        'interval_too_short',
        'recurrence',
        `due every ${inWords(least.length)} (${iso(least.from)}, ${iso(least.to)}); ${definition.provider} allows every ${inWords(minimumIntervalMs)} at most`,
      ),
    );
  }
  const duration = definition.expectedDurationMs ?? facts.observedDurationMs;
  if (duration !== undefined && duration > least.length) {
    const told =
      definition.expectedDurationMs === undefined ? 'runs have taken' : 'runs are expected to take';
    findings.push(
      warning(
        'overlap',
        'overlaps_itself',
        'recurrence',
        `${told} ${inWords(duration)}, but ${iso(least.from)} and ${iso(least.to)} are ${inWords(least.length)} apart: the second meets the overlap policy (${definition.overlap})`,
        {
          first: iso(least.from),
          second: iso(least.to),
        },
      ),
    );
  }
  if (
    facts.freshnessMs !== undefined &&
    definition.operation === 'incremental_sync' &&
    most.length > facts.freshnessMs
  ) {
    findings.push(
      warning(
        'integrity',
        'data_may_be_lost',
        'recurrence',
        `${definition.provider} keeps only recent data: with ${inWords(most.length)} between runs some is lost; run at least every ${inWords(facts.freshnessMs)}`,
      ),
    );
  }
  return findings;
}

/** Everything that speaks against a definition. Errors refuse it; warnings are told and let it pass. */
export function validateDefinition(
  definition: ScheduleDefinition,
  facts: DefinitionFacts,
): readonly Finding[] {
  const found = [
    ...integrity(definition, facts),
    ...ownership(definition, facts),
    ...duplicates(definition, facts),
    ...quotas(definition, facts),
  ];
  // A recurrence that is wrong in itself has no spacing to judge.
  return found.some((finding) => finding.severity === 'error' && finding.kind === 'integrity')
    ? found
    : [...found, ...spacing(definition, facts)];
}
