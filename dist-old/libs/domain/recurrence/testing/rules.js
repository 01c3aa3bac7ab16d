import * as fc from 'fast-check';
import { weekdays } from '../recurrence.js';
const pad = (value)=>String(value).padStart(2, '0');
/** Times of day: half of them in the small hours, where clocks change; some with seconds. */ const time = fc.tuple(fc.oneof(fc.integer({
    min: 0,
    max: 4
}), fc.integer({
    min: 0,
    max: 23
})), fc.oneof(fc.constantFrom(0, 15, 30, 45, 59), fc.integer({
    min: 0,
    max: 59
})), fc.option(fc.integer({
    min: 0,
    max: 59
}), {
    nil: undefined,
    freq: 4
})).map(([hour, minute, second])=>second === undefined ? `${pad(hour)}:${pad(minute)}` : `${pad(hour)}:${pad(minute)}:${pad(second)}`);
const hourMinute = time.map((text)=>text.slice(0, 5));
const times = fc.array(time, {
    minLength: 1,
    maxLength: 4
});
const someWeekdays = fc.subarray([
    ...weekdays
], {
    minLength: 1
});
const monthDay = fc.oneof(fc.integer({
    min: 1,
    max: 31
}), fc.constantFrom(28, 29, 30, 31), fc.constant('last'), fc.record({
    nth: fc.constantFrom(1, 2, 3, 4, 5, 'last'),
    weekday: fc.constantFrom(...weekdays)
}));
const field = (least, most, stars)=>{
    const value = fc.integer({
        min: least,
        max: most
    });
    const range = fc.tuple(value, value).map(([a, b])=>`${Math.min(a, b)}-${Math.max(a, b)}`);
    return fc.oneof({
        weight: stars,
        arbitrary: fc.constant('*')
    }, {
        weight: 2,
        arbitrary: fc.integer({
            min: 2,
            max: Math.min(most, 30)
        }).map((step)=>`*/${step}`)
    }, {
        weight: 4,
        arbitrary: fc.uniqueArray(value, {
            minLength: 1,
            maxLength: 3
        }).map((list)=>list.join(','))
    }, {
        weight: 2,
        arbitrary: range
    }, {
        weight: 1,
        arbitrary: fc.tuple(range, fc.integer({
            min: 1,
            max: 5
        })).map(([a, b])=>`${a}/${b}`)
    });
};
const expression = fc.tuple(fc.option(fc.integer({
    min: 0,
    max: 59
}).map(String), {
    nil: undefined,
    freq: 3
}), field(0, 59, 1), fc.oneof(field(0, 4, 3), field(0, 23, 3)), fc.oneof({
    weight: 6,
    arbitrary: fc.constant('*')
}, field(1, 31, 1), fc.constantFrom('L', '31', '29,30')), fc.oneof({
    weight: 6,
    arbitrary: fc.constant('*')
}, field(1, 12, 1)), fc.oneof({
    weight: 6,
    arbitrary: fc.constant('*')
}, field(0, 7, 1), fc.constantFrom('0#1', '5L', '0L', '1#5'))).map((fields)=>fields.filter((text)=>text !== undefined).join(' '));
/** Rules of every frequency. An interval's anchor is in whole seconds, as the reference walks seconds. */ export const rules = fc.oneof(fc.record({
    frequency: fc.constant('hourly'),
    minute: fc.integer({
        min: 0,
        max: 59
    })
}), fc.record({
    frequency: fc.constant('daily'),
    times
}), fc.record({
    frequency: fc.constant('weekly'),
    weekdays: someWeekdays,
    times
}), fc.record({
    frequency: fc.constant('monthly'),
    days: fc.array(monthDay, {
        minLength: 1,
        maxLength: 8
    }),
    times,
    shortMonth: fc.constantFrom('clamp', 'skip')
}), fc.record({
    frequency: fc.constant('interval'),
    everySeconds: fc.integer({
        min: 600,
        max: 100_000
    }),
    anchor: fc.integer({
        min: 0,
        max: 2_000_000_000
    }).map((seconds)=>seconds * 1_000)
}), fc.record({
    frequency: fc.constant('cron'),
    expression
}), fc.record({
    frequency: fc.constant('cron'),
    expression
}));
/** Few times of day, dates far apart: what a search over years is tried with. */ export const sparseRules = fc.oneof(fc.record({
    frequency: fc.constant('monthly'),
    days: fc.array(monthDay, {
        minLength: 1,
        maxLength: 2
    }),
    times: fc.array(time, {
        minLength: 1,
        maxLength: 2
    }),
    shortMonth: fc.constantFrom('clamp', 'skip')
}), fc.tuple(fc.constantFrom('30 2', '0,30 1', '15 0', '59 23', '*/30 1', '0 2-3'), fc.oneof(field(1, 31, 1), fc.constantFrom('L', '31', '29,30', '29')), fc.oneof(field(1, 12, 1), fc.constantFrom('2', '3,10', '4,11')), fc.oneof({
    weight: 4,
    arbitrary: fc.constant('*')
}, fc.constantFrom('0', '0#1', '5L', '1#5'))).map((fields)=>({
        frequency: 'cron',
        expression: fields.join(' ')
    })));
export const policies = fc.record({
    gap: fc.constantFrom('shift', 'skip'),
    fold: fc.constantFrom('first', 'last', 'both')
});
export const blackouts = fc.oneof({
    weight: 2,
    arbitrary: fc.constant([])
}, {
    weight: 1,
    arbitrary: fc.array(fc.record({
        weekdays: someWeekdays,
        from: hourMinute,
        to: hourMinute
    }).filter(({ from, to })=>from !== to), {
        maxLength: 3
    })
});

//# sourceMappingURL=rules.js.map