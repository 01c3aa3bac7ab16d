import { connectionAggregate, scheduleAggregate } from '#lib/application/actors';
import { connectionStream } from '#lib/contracts/streams';
import { HOUR } from '#lib/domain/kernel';
import QuickLRU from 'quick-lru';
/** Looks at a connection's consent at most this often. */ const EVERY = 6 * HOUR;
/**
 * Says that a consent is about to end while syncs still work, so that its user can be asked in time. It looks whenever a
 * sync has succeeded: a connection that nobody syncs has nobody to warn. Once for each consent, by the connection's own
 * decision.
 */ export class ConsentWatchSaga {
    #looked;
    constructor(options){
        this.options = options;
        this.name = 'consent-watch';
        this.types = [
            'RunSucceeded'
        ];
        this.#looked = new QuickLRU({
            maxSize: 50_000
        });
    }
    handle(event) {
        const { actors, ends } = this.options;
        const known = actors.peek(scheduleAggregate, event.stream);
        if (known !== undefined && known.status !== 'absent' && !ends(known.definition.provider)) return undefined;
        return this.#look(event);
    }
    async #look(event) {
        const { actors, clock, endingSoon } = this.options;
        const { tenant, correlation } = event.metadata;
        const { state } = await actors.read(scheduleAggregate, event.stream);
        if (state.status === 'absent') return;
        const stream = connectionStream(tenant, state.definition.connection);
        const now = clock.now();
        const last = this.#looked.get(stream);
        if (last !== undefined && now >= last && now - last < EVERY) return;
        const endsAt = await endingSoon(tenant, state.definition.connection);
        this.#looked.set(stream, now);
        if (endsAt === undefined) return;
        const context = {
            tenant,
            actor: `saga:${this.name}`,
            correlation,
            causation: event.id
        };
        await actors.execute(connectionAggregate, stream, {
            type: 'NoticeConsentEnding',
            endsAt
        }, context);
    }
}

//# sourceMappingURL=consent-watch.saga.js.map