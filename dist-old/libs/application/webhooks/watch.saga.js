import { streamPrefixes } from '#lib/contracts/streams';
/** Sees what is decided about endpoints, by whichever node, so that whoever delivers to them does what they say now. */ export class WebhookWatchSaga {
    constructor(changed){
        this.changed = changed;
        this.name = 'webhook-watch';
        this.types = [
            'WebhookRegistered',
            'WebhookUpdated',
            'WebhookDisabled',
            'WebhookEnabled',
            'WebhookSecretRotated',
            'WebhookDeleted',
            'WebhookReplayRequested',
            'RedeliveryRequested'
        ];
    }
    handle({ type, stream, position, metadata }) {
        const id = stream.slice(streamPrefixes.webhook.length);
        this.changed({
            id,
            tenant: metadata.tenant
        }, {
            at: position,
            deleted: type === 'WebhookDeleted'
        });
    }
}

//# sourceMappingURL=watch.saga.js.map