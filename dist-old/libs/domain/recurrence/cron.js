import { Cron } from 'croner';
import { datesByMonth, everyDay } from './dates.js';
import { Recent } from './recent.js';
import { combinedTimes } from './times.js';
import { DAY_MS } from './wall-time.js';
/** Characters. */ export const MAX_CRON_LENGTH = 256;
const EXPRESSIONS_KEPT = 2_000;
const compiled = new Recent(EXPRESSIONS_KEPT, ()=>new Map());
const dates = new Recent(EXPRESSIONS_KEPT, ()=>new Map());
const fieldValues = new Recent(EXPRESSIONS_KEPT, ()=>new Map());
const parse = (expression)=>new Cron(expression, {
        timezone: 'UTC',
        paused: true,
        mode: '6-part'
    });
const fieldsOf = (expression)=>{
    const fields = expression.trim().split(/\s+/);
    return fields.length === 5 ? [
        '0',
        ...fields
    ] : fields;
};
/** The values of one time field, read off croner's answers for a single day. `step` is what the field counts, in ms. */ const valuesOf = (pattern, step, size)=>fieldValues.of(pattern, ()=>{
        const cron = parse(pattern);
        const values = [];
        let found = cron.nextRun(new Date(-1_000))?.getTime();
        while(found !== undefined && found < step * size){
            values.push(found / step);
            found = cron.nextRun(new Date(found))?.getTime();
        }
        return values;
    });
/** The months that a field names, counted from 0. Asked of the first day, which every month has. */ const monthsOf = (field)=>{
    const cron = parse(`0 0 0 1 ${field} *`);
    const months = new Set();
    let found = cron.nextRun(new Date(-1_000));
    while(found !== null && !months.has(found.getUTCMonth())){
        months.add(found.getUTCMonth());
        found = cron.nextRun(found);
    }
    return months;
};
/**
 * The days that day of month and weekday name, whatever the month. Each day is asked for by itself: to search for the
 * next one may take croner a third of a second where there is none (`1 * +1#5`: the first is never the fifth Monday).
 */ function daysOf(day, weekday) {
    const cron = parse(`0 0 0 ${day} * ${weekday}`);
    return (first, length)=>{
        let days = 0;
        for(let at = 0; at < length; at += 1)if (cron.match(new Date(first + at * DAY_MS))) days |= 1 << at;
        return days;
    };
}
const datesOf = (fields)=>dates.of(fields.join(' '), ()=>{
        const [day = '', month = '', weekday = ''] = fields;
        if (fields.every((field)=>field === '*' || field === '?')) return everyDay;
        const months = monthsOf(month);
        return datesByMonth(daysOf(day, weekday), (number)=>months.has(number));
    });
/** @throws {TypeError} in croner's words for what is no expression; `cronProblem` says so beforehand. */ export const cronOf = (expression)=>compiled.of(expression, ()=>{
        const fields = fieldsOf(expression);
        parse(fields.join(' '));
        const [second = '', minute = '', hour = '', ...date] = fields;
        return {
            elapsed: [
                minute,
                hour
            ].some((field)=>/^[*?]/.test(field)),
            dates: datesOf(date),
            times: combinedTimes(valuesOf(`0 0 ${hour} * * *`, 3_600_000, 24), valuesOf(`0 ${minute} 0 * * *`, 60_000, 60), valuesOf(`${second} 0 0 * * *`, 1_000, 60))
        };
    });
/** The days of the month from 29 on that an expression names by number: some months lack them. */ export const lateDaysOf = (expression)=>(fieldsOf(expression)[3] ?? '').split(',').filter((entry)=>/^(29|30|31)$/.test(entry)).map(Number);
/** What is wrong with an expression, in words; undefined when it is good. */ export function cronProblem(expression) {
    if (expression.length > MAX_CRON_LENGTH) return `a cron expression has at most ${MAX_CRON_LENGTH} characters; this one has ${expression.length}`;
    const count = expression.trim() === '' ? 0 : expression.trim().split(/\s+/).length;
    if (count !== 5 && count !== 6) return `a cron expression has five fields (minute hour day-of-month month weekday), or six with seconds first; "${expression}" has ${count}`;
    try {
        cronOf(expression);
        return undefined;
    } catch (error) {
        const why = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
        return `"${expression}" is not a cron expression (${why}); write it like "30 2 * * *" (02:30 daily) or "*/15 * * * *"`;
    }
}

//# sourceMappingURL=cron.js.map