import { exclusionsOf } from './exclusions.js';
import { Recent } from './recent.js';
import { wallRuleOf } from './wall-rule.js';
import { zoneOf } from './zone.js';
/** Nothing is due from the year 2400 on: what zones will do by then is nobody's guess. */ const END_OF_TIME = Date.UTC(2400, 0, 1);
const DEFINITIONS_KEPT = 4_000;
const byIdentity = new Recent(DEFINITIONS_KEPT, ()=>new WeakMap());
const byText = new Recent(DEFINITIONS_KEPT, ()=>new Map());
const compileAnew = (recurrence)=>({
        recurrence,
        zone: zoneOf(recurrence.zone),
        rule: wallRuleOf(recurrence),
        exclusions: exclusionsOf(recurrence),
        floor: recurrence.start === undefined ? -1 : Math.max(-1, Math.ceil(recurrence.start) - 1),
        ceiling: Math.min(recurrence.end ?? END_OF_TIME, END_OF_TIME),
        memo: new Map()
    });
/**
 * Compiled once per definition, and shared by equal ones: ten thousand schedules of one kind ask the same question.
 * The definition may not be changed afterwards: it is known by its identity first, by its text only then.
 * @throws for a zone or a cron expression that `checkRecurrence` refuses.
 */ export const compile = (recurrence)=>byIdentity.of(recurrence, ()=>byText.of(JSON.stringify(recurrence), ()=>compileAnew(recurrence)));

//# sourceMappingURL=compiled.js.map