import { patternOf } from '#lib/domain/forecast';
import { KEY_SEPARATOR } from '../store/table.js';
const patternText = (row)=>row?.status === 'active' ? JSON.stringify(patternOf(row.definition.recurrence)) : undefined;
/** Counts a schedule where it is due now, and no more where it was. The last that a fold does: counters have no way back. */ export function countLoad(rows, before, after) {
    const { provider, tenant } = after;
    const [was, is] = [
        patternText(before),
        patternText(after)
    ];
    if (was === is) return;
    const part = rows.load.part(provider + KEY_SEPARATOR + tenant);
    const add = (pattern, schedules)=>{
        part.edit(pattern, ()=>({
                provider,
                tenant,
                pattern,
                schedules: 0
            })).schedules += schedules;
    };
    if (was !== undefined) add(was, -1);
    if (is !== undefined) add(is, 1);
}

//# sourceMappingURL=count.js.map