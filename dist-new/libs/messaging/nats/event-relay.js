import { jetstream } from '@nats-io/jetstream';
import { integrationEvent } from '#lib/contracts/integration';
import { subjects } from '#lib/contracts/messages';
import { carrying } from './streams.js';
const TIMEOUT = 5_000;
/** Up to so many it is not worth counting. */ const ACKNOWLEDGED_EACH = 8;
/**
 * Publishes integration events, each with its event id as message id: a repeat within the stream's window is dropped by
 * the server, one after it by whoever consumes.
 */ export class EventRelay {
    #js;
    constructor(nc, layout){
        this.nc = nc;
        this.layout = layout;
        this.#js = jetstream(nc, {
            timeout: TIMEOUT
        });
    }
    /**
   * Resolves when all are stored by JetStream. Only the first and the last of a batch are acknowledged: the stream's
   * sequence tells whether all of those in between were stored, for nobody else publishes here. Where the count is off
   * (doubles, another relay about to learn that it is none, a loss) each is published again, one acknowledgement each.
   * @throws when some may not be stored: publish all of them again.
   */ async publish(events) {
        try {
            const messages = events.flatMap((event)=>messageOf(event) ?? []);
            if (messages.length <= ACKNOWLEDGED_EACH || !await this.#between(messages)) await Promise.all(messages.map((message)=>this.#acknowledged(message)));
        } catch (error) {
            await this.layout.ensure().catch(()=>{});
            throw error;
        }
    }
    /** Whether all were stored. */ async #between(messages) {
        const [first, last] = [
            messages[0],
            messages.at(-1)
        ];
        if (first === undefined || last === undefined) return true;
        const begun = this.#acknowledged(first);
        for (const { subject, payload, msgID } of messages.slice(1, -1)){
            this.nc.publish(subject, payload, {
                headers: carrying(msgID)
            });
        }
        const [from, to] = await Promise.all([
            begun,
            this.#acknowledged(last)
        ]);
        return !from.duplicate && !to.duplicate && to.seq - from.seq === messages.length - 1;
    }
    #acknowledged({ subject, payload, msgID }) {
        return this.#js.publish(subject, payload, {
            msgID,
            timeout: TIMEOUT
        });
    }
}
function messageOf(recorded) {
    const relayed = integrationEvent(recorded);
    if (relayed === undefined) return undefined;
    const { tenant, aggregate, event } = relayed;
    return {
        subject: subjects.event(tenant, aggregate, event.type),
        payload: JSON.stringify(event),
        msgID: event.id
    };
}

//# sourceMappingURL=event-relay.js.map