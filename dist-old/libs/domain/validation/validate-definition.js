import { roomInWords } from '#lib/domain/forecast';
import { DAY, iso, MINUTE } from '#lib/domain/kernel';
import { checkRecurrence, next } from '#lib/domain/recurrence';
import { error, warning } from './finding.js';
import { inWords } from './in-words.js';
import { spacing } from './spacing.js';
function integrity(definition, facts) {
    const findings = checkRecurrence(definition.recurrence, facts.now).map((found)=>({
            ...found,
            kind: 'integrity',
            field: found.field === '' ? 'recurrence' : `recurrence.${found.field}`
        }));
    const { retry, timeoutMs, catchUp, overlap, bufferCap } = definition;
    if (retry.baseMs > retry.capMs) findings.push(error('integrity', 'retry_base_above_cap', 'retry.base', `the first delay (${inWords(retry.baseMs)}) is longer than the longest (${inWords(retry.capMs)}): lower base or raise cap`));
    if (retry.factor < 1) findings.push(error('integrity', 'retry_factor_below_one', 'retry.factor', 'a factor below 1 would make delays shrink; 1 or more'));
    if (timeoutMs > DAY) findings.push(error('integrity', 'timeout_too_long', 'timeout', 'an attempt may take 24 hours at most'));
    if (retry.maxAttempts > 1 && retry.baseMs > retry.budgetMs) findings.push(warning('integrity', 'retry_budget_too_short', 'retry.budget', `the first retry would come after the budget of ${inWords(retry.budgetMs)}: nothing is ever retried`));
    if (catchUp.policy === 'all' && overlap === 'buffer_one') findings.push(warning('integrity', 'catch_up_meets_buffer', 'catchUp.policy', 'buffer_one keeps one run back: of those caught up on, all but two are skipped; use buffer_all'));
    if (overlap === 'buffer_all' && bufferCap < 1) findings.push(error('integrity', 'buffer_cap_zero', 'bufferCap', 'buffer_all needs room for at least one run'));
    return findings;
}
function ownership(definition, { connectionOf: owner }) {
    return [
        'user',
        'provider'
    ].filter((field)=>owner !== undefined && owner[field] !== definition[field]).map((field)=>error('integrity', 'connection_mismatch', field, `connection ${definition.connection} is not ${field === 'user' ? `of user ${definition.user}` : `to ${definition.provider}`}: name the ${field} that it was registered with, or another connection`));
}
/** It may be registered later; as it is, each run would fail. */ function registration({ connection, provider }, facts) {
    if (facts.unregistered !== true) return [];
    const message = `connection ${connection} is not registered: until PUT /v1/connections/${connection} names its user, ${provider} and a connector, its runs fail`;
    return [
        warning('integrity', 'connection_not_registered', 'connection', message)
    ];
}
function duplicates(definition, facts) {
    const findings = facts.sameConnection.filter((other)=>other.operation === definition.operation).map(({ id })=>error('duplicate', 'duplicate_schedule', 'connection', `schedule ${id} already does ${definition.operation} for connection ${definition.connection}; change or delete that one`, {
            schedule: id
        }));
    const { connectionSuspended: suspended } = facts;
    if (suspended !== undefined) findings.push(error('integrity', 'connection_suspended', 'connection', `the connection is suspended (${suspended.cause}): ${suspended.message}`));
    return findings;
}
function quotas(definition, { counts, quotas: most }) {
    const findings = [];
    if (counts.user >= most.schedulesPerUser) findings.push(error('quota', 'too_many_schedules', 'user', `user ${definition.user} has ${counts.user} schedules; ${most.schedulesPerUser} is the most`));
    if (counts.userProvider >= most.schedulesPerUserAndProvider) {
        findings.push(error('quota', 'too_many_schedules_at_provider', 'provider', `user ${definition.user} has ${counts.userProvider} schedules at ${definition.provider}; ${most.schedulesPerUserAndProvider} is the most`));
    }
    return findings;
}
/** Later than this is worth a warning. */ const LATE = 10 * MINUTE;
/** More is due with it than its provider's limits let start in time. */ function crowding({ recurrence, provider }, { now, lateAt }) {
    const due = lateAt === undefined ? undefined : next(recurrence, now);
    if (lateAt === undefined || due === undefined) return [];
    const { lateMs, calm } = lateAt(due);
    if (lateMs < LATE) return [];
    return [
        warning('quota', 'provider_crowded', 'recurrence', `at ${iso(due)} more is due at ${provider} than its limits let start in time: what is due then starts up to ${inWords(lateMs)} late${roomInWords(calm)}`, {
            due,
            lateMs,
            calm
        })
    ];
}
/** Everything that speaks against a definition. Errors refuse it; warnings are told and let it pass. */ export function validateDefinition(definition, facts) {
    const found = [
        ...integrity(definition, facts),
        ...ownership(definition, facts),
        ...registration(definition, facts),
        ...duplicates(definition, facts),
        ...quotas(definition, facts)
    ];
    // A recurrence that is wrong in itself has no spacing to judge.
    return found.some((finding)=>finding.severity === 'error' && finding.kind === 'integrity') ? found : [
        ...found,
        ...spacing(definition, facts),
        ...crowding(definition, facts)
    ];
}

//# sourceMappingURL=validate-definition.js.map