import { timeOfDay } from './wall-time.js';
/** @param texts At least one; `checkRecurrence` refuses an empty list. None is due when it is empty all the same. */ export function listedTimes(texts) {
    const times = [
        ...new Set(texts.map(timeOfDay))
    ].sort((a, b)=>a - b);
    return {
        first: times[0] ?? Number.NaN,
        after: (time)=>times.find((candidate)=>candidate > time)
    };
}
function fieldOf(values, size) {
    const field = Array.from({
        length: size + 1
    }, ()=>-1);
    const due = new Set(values);
    for(let value = size - 1; value >= 0; value -= 1)field[value] = due.has(value) ? value : field[value + 1] ?? -1;
    return field;
}
const at = (field, value)=>field[value] ?? -1;
const ms = (hour, minute, second)=>((hour * 60 + minute) * 60 + second) * 1_000;
/** Every combination of these hours, minutes and seconds, found field by field rather than listed. */ export function combinedTimes(hours, minutes, seconds) {
    const [hour, minute, second] = [
        fieldOf(hours, 24),
        fieldOf(minutes, 60),
        fieldOf(seconds, 60)
    ];
    const [firstMinute, firstSecond] = [
        at(minute, 0),
        at(second, 0)
    ];
    // A value out of range, in a definition that was never checked: there is no such time.
    if (Math.min(at(hour, 0), firstMinute, firstSecond) < 0) return {
        first: Number.NaN,
        after: ()=>undefined
    };
    return {
        first: ms(at(hour, 0), firstMinute, firstSecond),
        after (time) {
            const from = Math.floor(time / 1_000) + 1;
            const [h, m, s] = [
                Math.floor(from / 3_600),
                Math.floor(from / 60) % 60,
                from % 60
            ];
            if (at(hour, h) === h) {
                const sameMinute = at(minute, m) === m ? at(second, s) : -1;
                if (sameMinute >= 0) return ms(h, m, sameMinute);
                const laterMinute = at(minute, m + 1);
                if (laterMinute >= 0) return ms(h, laterMinute, firstSecond);
            }
            const laterHour = at(hour, h + 1);
            return laterHour >= 0 ? ms(laterHour, firstMinute, firstSecond) : undefined;
        }
    };
}

//# sourceMappingURL=times.js.map