import { DAY, iso } from '#lib/domain/kernel';
import { ConfigurationError } from './config.js';
/** Clocks differ and are set; none that is right is a day behind what was decided by another. */ const TOLERATED = DAY;
/**
 * A clock that lies before the log is wrong, or was when the log was written: what is due would wait for years, and
 * signatures of webhooks would be refused everywhere. Looks at the newest event that the read model knows.
 * @throws {ConfigurationError} the clock is more than a day behind it.
 */ export async function assertClock({ store, readModel, environment, configuration }) {
    const newest = configuration.clockCheck ? readModel.newest() : undefined;
    if (newest === undefined) return;
    const [event] = await store.readStream(newest.stream, {
        from: newest.revision,
        limit: 1
    });
    const [now, decided] = [
        environment.clock.now(),
        event?.metadata.at ?? 0
    ];
    if (now >= decided - TOLERATED) return;
    throw new ConfigurationError(`this machine’s clock says ${iso(Math.floor(now))}, more than a day before the newest event of the log (${iso(decided)}, revision ${newest.revision} of ${newest.stream}): ` + 'set the clock; or, if the log was written by a clock that was ahead, start once with SYNCOPATE_CLOCK_CHECK=false');
}

//# sourceMappingURL=clock-check.js.map