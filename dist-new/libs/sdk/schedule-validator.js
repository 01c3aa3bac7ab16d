import { createScheduleBody, toDefinition } from '#lib/contracts/api';
import { parse } from './parse.js';
import { RequestRejected } from './rejection.js';
/** The first error, with all findings in its details; a duplicate is left to the connection's claim. */ export function refusalOf(findings) {
    const wrong = findings.find(({ severity, kind })=>severity === 'error' && kind !== 'duplicate');
    if (wrong === undefined) return undefined;
    const { code: reason, message, field } = wrong;
    return new RequestRejected({
        reason,
        message,
        field,
        details: {
            findings
        }
    });
}
/**
 * Judges definitions before they exist: integrity, duplicates on a connection, overlap with the schedule's own
 * interval, quotas. Errors refuse, warnings do not.
 */ export class ScheduleValidator {
    constructor(session){
        this.session = session;
    }
    /** What speaks against it. @throws {RequestRejected} `invalid_request`: it is no schedule by its form */ async validate(input) {
        const { engine, tenant } = this.session;
        return engine.validation.findings(this.#definitionOf(input), tenant);
    }
    /** @throws {RequestRejected} with the first error; all findings are in its details. */ async assertValid(input) {
        return this.assertValidDefinition(this.#definitionOf(input));
    }
    /** Has a schedule created that nothing speaks against; `create` answers how far the log went. @throws {RequestRejected} */ creating(schedule, create) {
        const { engine, tenant } = this.session;
        return engine.validation.creating([
            schedule
        ], tenant, async ([findings = []])=>{
            const refused = refusalOf(findings);
            if (refused !== undefined) throw refused;
            const position = await create();
            return {
                created: position,
                position
            };
        });
    }
    /** `change`: of a schedule that there is. */ async assertValidDefinition(definition, change) {
        const { engine, tenant } = this.session;
        const findings = await engine.validation.findings(definition, tenant, change);
        const refused = refusalOf(findings);
        if (refused !== undefined) throw refused;
        return findings;
    }
    #definitionOf(input) {
        return toDefinition(parse(createScheduleBody, input), this.session.now);
    }
}

//# sourceMappingURL=schedule-validator.js.map