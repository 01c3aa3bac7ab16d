/** Runs that wait for their start: beyond so many, the oldest are not measured. */ const REMEMBERED = 200_000;
/**
 * Shows each event to metrics and to in-process listeners. A listener that throws, or whose promise is rejected, is counted
 * and harms nobody else: a rejection that nobody takes would end the process.
 */ export class EventObservers {
    #listeners;
    #effective;
    constructor(telemetry){
        this.telemetry = telemetry;
        this.name = 'observers';
        this.#listeners = new Set();
        this.#effective = new Map();
    }
    listen(listener) {
        this.#listeners.add(listener);
        return ()=>this.#listeners.delete(listener);
    }
    handle(event) {
        this.#measure(event);
        for (const listener of this.#listeners){
            try {
                const answer = listener(event);
                if (isThenable(answer)) answer.then(undefined, ()=>this.#failed());
            } catch  {
                this.#failed();
            }
        }
    }
    #failed() {
        this.telemetry.errors.inc({
            where: 'listener'
        });
    }
    #remember(run, effective) {
        this.#effective.set(run, effective);
        if (this.#effective.size <= REMEMBERED) return;
        const [oldest = ''] = this.#effective.keys();
        this.#effective.delete(oldest);
    }
    #measure(event) {
        const { telemetry } = this;
        telemetry.events.set(event.type, (telemetry.events.get(event.type) ?? 0) + 1);
        switch(event.type){
            case 'RunQueued':
                if (event.data.attempt === 1 && event.data.trigger === 'occurrence') this.#remember(event.data.run, event.data.effective);
                return;
            case 'RunStarted':
                {
                    const effective = this.#effective.get(event.data.run);
                    if (effective !== undefined) telemetry.lateness.observe(Math.max(0, event.metadata.at - effective) / 1_000);
                    this.#effective.delete(event.data.run);
                    return;
                }
            case 'RunSucceeded':
                return telemetry.duration.observe({
                    outcome: 'succeeded'
                }, event.data.durationMs / 1_000);
            case 'RunFailed':
                return telemetry.duration.observe({
                    outcome: 'failed'
                }, event.data.durationMs / 1_000);
            case 'RunSnoozed':
                return telemetry.duration.observe({
                    outcome: 'snoozed'
                }, event.data.durationMs / 1_000);
            default:
                return undefined;
        }
    }
}
const isThenable = (value)=>typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

//# sourceMappingURL=event-observers.js.map