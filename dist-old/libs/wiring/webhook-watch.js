import { WebhookDeliveries, WebhookWatchSaga } from '#lib/application/webhooks';
/** Delivering, while this node is the one that does, and what keeps it informed of endpoints. */ export class WebhookWatch {
    #deliveries;
    constructor(options){
        this.options = options;
        this.saga = new WebhookWatchSaga((endpoint, what)=>this.#deliveries?.changed(endpoint, what));
    }
    /** Made anew each time that the lease is won: what the last one knew may be of long ago. */ create() {
        const { store, actors, environment, sender, readModel, telemetry, onError, onEnded } = this.options;
        this.#deliveries = new WebhookDeliveries({
            store,
            actors,
            environment,
            sender,
            endpoints: async ()=>{
                // One that is far behind does not know all of them: asked again.
                if (!await readModel.waitFor(await store.head(), 30_000)) throw new Error('the read model is too far behind to know which webhooks there are');
                return readModel.endpoints();
            },
            onAttempt: ({ result })=>telemetry.webhookDeliveries.inc({
                    outcome: result.kind
                }),
            onError,
            onEnded: (error)=>onEnded('webhooks', error)
        });
        return this.#deliveries;
    }
}

//# sourceMappingURL=webhook-watch.js.map