import { connectionStream, conflictStream, parkingStream, providerStream, scheduleStream, webhookStream } from '#lib/contracts/streams';
/** A log written by hand, for tests and measures: positions and revisions as a store would give them. */ export class Log {
    #revisions;
    constructor(now = Date.UTC(2026, 0, 1)){
        this.now = now;
        this.events = [];
        this.#revisions = new Map();
    }
    get head() {
        return this.events.at(-1)?.position ?? 0;
    }
    schedule(id, event, meta = {}) {
        return this.append(scheduleStream(id), event, meta);
    }
    connection(id, event, meta = {}) {
        return this.append(connectionStream(meta.tenant ?? 'default', id), event, meta);
    }
    provider(id, event, meta = {}) {
        return this.append(providerStream(id), event, meta);
    }
    conflict(id, event, meta = {}) {
        return this.append(conflictStream(id), event, meta);
    }
    parking(event, meta = {}) {
        return this.append(parkingStream(event.data.id), event, meta);
    }
    webhook(id, event, meta = {}) {
        return this.append(webhookStream(id), event, meta);
    }
    at(now) {
        this.now = now;
        return this;
    }
    append(stream, { type, data }, meta = {}) {
        const revision = (this.#revisions.get(stream) ?? -1) + 1;
        this.#revisions.set(stream, revision);
        const position = this.events.length + 1;
        const metadata = {
            v: 1,
            at: this.now,
            tenant: 'default',
            actor: 'test',
            correlation: `c${position}`,
            ...meta
        };
        const id = `00000000-0000-4000-8000-${position.toString(16).padStart(12, '0')}`;
        this.events.push({
            id,
            type,
            data,
            metadata,
            stream,
            revision,
            position
        });
        return this;
    }
}

//# sourceMappingURL=log.js.map