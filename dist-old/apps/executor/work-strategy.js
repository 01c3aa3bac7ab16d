import { Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
/** The pattern of the one handler: every provider, every priority. */ export const WORK_PATTERN = 'syncopate.v1.work.*.*';
/**
 * JetStream's work queue as a transport of Nest's. Below it is the queue (pulled, bounded, acknowledged after the report),
 * above it the controller with whatever guards, interceptors and filters stand around it; an item that they let fail is
 * handed out again after a while.
 */ export class WorkStrategy extends Server {
    #consumer;
    #leave;
    constructor(queue){
        super(), this.queue = queue;
    }
    get desk() {
        return this.queue.desk;
    }
    /** The executor that stands behind the controller. */ consume(consumer) {
        this.#consumer = consumer;
        return ()=>this.close();
    }
    /** What the controller does with an item. */ run(item, { granted }) {
        if (this.#consumer === undefined) throw new Error('the executor has not started');
        return this.#consumer.handle(item, granted);
    }
    listen(callback) {
        const handler = this.getHandlerByPattern(WORK_PATTERN);
        const consumer = this.#consumer;
        if (handler === null || consumer === undefined) {
            callback(new Error(`nothing handles ${WORK_PATTERN}`));
            return;
        }
        const handle = async (item, granted)=>{
            const context = {
                granted
            };
            const answer = await handler(item, context);
            if (isObservable(answer)) await lastValueFrom(answer, {
                defaultValue: undefined
            });
        };
        this.#leave = this.queue.consume({
            ...consumer,
            handle
        });
        callback();
    }
    /** Resolves when nothing more can come. */ close() {
        const leave = this.#leave;
        this.#leave = undefined;
        return leave?.();
    }
    on() {
        throw new Error('this transport has no events of its own');
    }
    unwrap() {
        return this.queue;
    }
}

//# sourceMappingURL=work-strategy.js.map