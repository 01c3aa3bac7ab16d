/** Both ends in one process: a queue in memory, handed out to the consumer with the most room. Nothing is stored. */ export class InProcessMessaging {
    #consumers;
    #waiting;
    #desk;
    get desk() {
        if (this.#desk === undefined) throw new Error('no scheduler serves this messaging yet');
        return this.#desk;
    }
    serve(desk) {
        this.#desk = desk;
    }
    offer(item) {
        this.#waiting.push(item);
        this.#handOut();
    }
    seat(provider) {
        const consumer = this.#waiting.length === 0 ? this.#roomiest(provider) : undefined;
        if (consumer === undefined) return undefined;
        const { executor, claim } = consumer;
        consumer.inFlight += 1;
        return {
            executor,
            claim,
            take: (item, granted)=>this.#begin(item, consumer, granted),
            leave: ()=>this.#settled(consumer)
        };
    }
    /** Memory loses nothing, and a place is free when its item is settled. */ onLost() {}
    settled() {}
    give() {}
    withdraw(run) {
        this.#waiting = this.#waiting.filter((item)=>item.run !== run);
    }
    cancel(run) {
        this.withdraw(run);
        for (const consumer of this.#consumers)consumer.cancel(run);
    }
    consume(options) {
        const consumer = {
            ...options,
            inFlight: 0
        };
        this.#consumers.add(consumer);
        this.#handOut();
        return ()=>this.#consumers.delete(consumer);
    }
    #handOut() {
        const left = [];
        for (const item of this.#waiting){
            const consumer = this.#roomiest(item.provider);
            if (consumer === undefined) left.push(item);
            else this.#hand(item, consumer);
        }
        this.#waiting = left;
    }
    #hand(item, consumer) {
        consumer.inFlight += 1;
        this.#begin(item, consumer);
    }
    #begin(item, consumer, granted) {
        const settled = ()=>this.#settled(consumer);
        consumer.handle(item, granted).then(settled, settled);
    }
    #settled(consumer) {
        consumer.inFlight -= 1;
        if (this.#waiting.length > 0) this.#handOut();
    }
    #roomiest(provider) {
        let best;
        for (const consumer of this.#consumers){
            const takes = consumer.providers === undefined || consumer.providers.includes(provider);
            const room = consumer.capacity - consumer.inFlight;
            if (takes && room > 0 && (best === undefined || room > best.capacity - best.inFlight)) best = consumer;
        }
        return best;
    }
    constructor(){
        this.#consumers = new Set();
        this.#waiting = [];
    }
}

//# sourceMappingURL=index.js.map