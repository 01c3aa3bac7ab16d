import { MINUTE, SECOND } from '#lib/domain/kernel';
/** An offer that nobody took is made again after so long: it may have been lost, or with whoever had it. */ const AGAIN = 10 * SECOND;
/** Once it was in vain for so long there is nobody to take it, and doubles would only pile up. */ const IN_VAIN = 5 * MINUTE;
const SELDOM = MINUTE;
/** Notes that a run is offered now, on the monotonic clock, and when it is to be offered again. */ export function offered(entry, now) {
    entry.repeat += 1;
    entry.offeredSince ??= now;
    entry.offerAgainAt = now + (now - entry.offeredSince < IN_VAIN ? AGAIN : SELDOM);
}

//# sourceMappingURL=offered.js.map