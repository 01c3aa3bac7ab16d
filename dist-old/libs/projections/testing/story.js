import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { Log } from './log.js';
import { definitionOf, specOf, targetOf } from './samples.js';
export const T = Date.UTC(2026, 0, 5, 10);
const counts = {
    read: 30,
    written: 20,
    rejected: 1
};
/** Two schedules of ada, one of bob, one of another tenant: runs that went well, were retried, given up and redriven. */ export function story() {
    const log = new Log(T - HOUR);
    const hers = definitionOf({
        name: 'Ada music',
        connection: 'c-a'
    });
    const his = definitionOf({
        name: 'Bob films',
        user: 'bob',
        connection: 'c-b',
        provider: 'netflix'
    });
    log.schedule('a', {
        type: 'ScheduleCreated',
        data: {
            id: 'a',
            definition: hers
        }
    }, {
        wakeAt: T
    });
    log.at(T - 50 * MINUTE).schedule('b', {
        type: 'ScheduleCreated',
        data: {
            id: 'b',
            definition: his
        }
    }, {
        wakeAt: T
    });
    log.schedule('x', {
        type: 'ScheduleCreated',
        data: {
            id: 'x',
            definition: hers
        }
    }, {
        tenant: 'other',
        wakeAt: T + 5
    });
    const a = specOf('a', T);
    log.at(T).schedule('a', {
        type: 'RunQueued',
        data: {
            ...a,
            ...targetOf(hers),
            attempt: 1
        }
    }, {
        wakeAt: T + HOUR
    });
    log.at(T + 40).schedule('a', {
        type: 'RunStarted',
        data: {
            run: a.run,
            attempt: 1,
            fence: 1,
            executor: 'e1',
            claim: 'k',
            deadline: T + 10 * MINUTE
        }
    });
    const error = {
        class: 'TRANSIENT',
        message: 'connection reset',
        code: 'ECONNRESET'
    };
    log.at(T + SECOND).schedule('a', {
        type: 'RunFailed',
        data: {
            run: a.run,
            attempt: 1,
            error,
            durationMs: 960,
            cause: 'reported'
        }
    });
    log.schedule('a', {
        type: 'RetryScheduled',
        data: {
            run: a.run,
            attempt: 2,
            retryAt: T + 11 * SECOND,
            delayMs: 10 * SECOND
        }
    }, {
        wakeAt: T + 11 * SECOND
    });
    log.at(T + 11 * SECOND).schedule('a', {
        type: 'RunQueued',
        data: {
            ...a,
            ...targetOf(hers),
            attempt: 2
        }
    });
    log.at(T + 12 * SECOND).schedule('a', {
        type: 'RunStarted',
        data: {
            run: a.run,
            attempt: 2,
            fence: 2,
            executor: 'e2',
            claim: 'l',
            deadline: T + 10 * MINUTE
        }
    });
    log.at(T + 15 * SECOND).schedule('a', {
        type: 'RunSucceeded',
        data: {
            run: a.run,
            attempt: 2,
            counts,
            durationMs: 3_000
        }
    }, {
        wakeAt: T + HOUR
    });
    const b = specOf('b', T);
    log.at(T).schedule('b', {
        type: 'RunQueued',
        data: {
            ...b,
            ...targetOf(his),
            attempt: 1
        }
    });
    log.at(T + 10).schedule('b', {
        type: 'RunStarted',
        data: {
            run: b.run,
            attempt: 1,
            fence: 1,
            executor: 'e1',
            claim: 'm',
            deadline: T + 10 * MINUTE
        }
    });
    const config = {
        class: 'CONFIG',
        message: 'no such file'
    };
    log.at(T + 510).schedule('b', {
        type: 'RunFailed',
        data: {
            run: b.run,
            attempt: 1,
            error: config,
            durationMs: 500,
            cause: 'reported'
        }
    });
    log.schedule('b', {
        type: 'RunAbandoned',
        data: {
            run: b.run,
            attempt: 1,
            reason: 'non_retryable'
        }
    }, {
        wakeAt: T + HOUR
    });
    return log;
}

//# sourceMappingURL=story.js.map