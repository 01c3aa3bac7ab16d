import { HOUR } from '#lib/domain/kernel';
/**
 * What limits let through for as long as runs take as long as they did. Undefined where nothing says so: no rate is set,
 * and no run has ended yet that would tell how long a place is taken.
 */ export function capacityOf({ concurrency, rate }, meanRunMs) {
    const byRate = rate && {
        startsPerHour: rate.starts * HOUR / rate.perMs,
        burst: rate.starts,
        by: 'rate'
    };
    const byPlaces = meanRunMs === undefined || meanRunMs <= 0 ? undefined : {
        startsPerHour: concurrency * HOUR / meanRunMs,
        burst: concurrency,
        by: 'concurrency'
    };
    if (byRate === undefined || byPlaces === undefined) return byRate ?? byPlaces;
    return byPlaces.startsPerHour < byRate.startsPerHour ? byPlaces : byRate;
}

//# sourceMappingURL=capacity.js.map