import { HOUR } from '#lib/domain/kernel';
import { defaultRetryPolicy } from '#lib/domain/retry';
import { occurrenceRun, policyDefaults } from '#lib/domain/schedule';
import { Log } from './log.js';
/** A definition as the commands make it. */ export const definitionOf = (changes = {})=>({
        ...policyDefaults,
        retry: defaultRetryPolicy,
        user: 'ada',
        connection: 'c-1',
        provider: 'spotify',
        operation: 'incremental_sync',
        recurrence: {
            frequency: 'hourly',
            minute: 0,
            zone: 'Europe/Berlin',
            excludedDates: [],
            blackouts: [],
            gap: 'shift',
            fold: 'first',
            spreadMs: 0
        },
        ...changes
    });
export const specOf = (schedule, nominal, changes = {})=>({
        run: occurrenceRun(schedule, 1, nominal),
        trigger: 'occurrence',
        nominal,
        effective: nominal,
        generation: 1,
        operation: 'incremental_sync',
        ...changes
    });
export const targetOf = ({ priority, user, connection, provider })=>({
        priority,
        user,
        connection,
        provider
    });
const names = [
    'spotify',
    'netflix',
    'chatgpt',
    'amazon_prime'
];
/** A log of schedules that run every hour: queued, started, succeeded, round after round. */ export function typicalLog(schedules, runs, log = new Log()) {
    const ids = Array.from({
        length: schedules
    }, (_, n)=>`0a1b2c3d-4e5f-4000-8000-${n.toString(16).padStart(12, '0')}`);
    const definitions = ids.map((_, n)=>definitionOf({
            user: `user-${n % Math.ceil(schedules / 3)}`,
            connection: `connection-${n}`,
            provider: names[n % names.length] ?? 'spotify'
        }));
    const start = log.now + HOUR;
    ids.forEach((id, n)=>{
        const definition = definitions[n] ?? definitionOf();
        log.schedule(id, {
            type: 'ScheduleCreated',
            data: {
                id,
                definition
            }
        }, {
            wakeAt: start
        });
    });
    for(let run = 0; run < runs; run += 1){
        const n = run % schedules;
        const nominal = start + Math.floor(run / schedules) * HOUR;
        oneRun(log, ids[n] ?? '', definitions[n] ?? definitionOf(), nominal, n % 1_000);
    }
    return log;
}
function oneRun(log, id, definition, nominal, spread) {
    const spec = specOf(id, nominal);
    const meta = {
        wakeAt: nominal + HOUR
    };
    const { run } = spec;
    const durationMs = 200 + spread * 7 % 900;
    log.at(nominal + spread).schedule(id, {
        type: 'RunQueued',
        data: {
            ...spec,
            ...targetOf(definition),
            attempt: 1
        }
    }, meta);
    const deadline = log.now + 600_000;
    log.at(log.now + 3).schedule(id, {
        type: 'RunStarted',
        data: {
            run,
            attempt: 1,
            fence: 1,
            executor: 'local',
            claim: `k-${log.head}`,
            deadline
        }
    }, meta);
    const counts = {
        read: 20,
        written: 10,
        rejected: 0
    };
    log.at(log.now + durationMs).schedule(id, {
        type: 'RunSucceeded',
        data: {
            run,
            attempt: 1,
            counts,
            durationMs
        }
    }, meta);
}

//# sourceMappingURL=samples.js.map