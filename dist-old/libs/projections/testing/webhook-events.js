const ID = 'w-1';
/** One of an endpoint's life, drawn by a number; `position` is that of the event that is told. */ export function webhookEvent(n, position) {
    const id = ID;
    const definition = {
        url: `https://example.com/${n % 3}`,
        filter: {}
    };
    const delivery = {
        position,
        stream: 'schedule-s-0',
        revision: position,
        event: `e${position}`,
        eventType: 'RunSucceeded',
        attempt: 1 + n % 10,
        ...n % 5 === 0 ? {
            replay: 'r-1'
        } : {}
    };
    const failure = {
        message: 'refused the connection',
        durationMs: n
    };
    const all = [
        {
            type: 'DeliverySucceeded',
            data: {
                ...delivery,
                status: 204,
                durationMs: n,
                through: position
            }
        },
        {
            type: 'DeliveryFailed',
            data: {
                ...delivery,
                ...failure,
                retryAt: n * 1_000
            }
        },
        {
            type: 'DeliveryDeadLettered',
            data: {
                ...delivery,
                ...failure,
                reason: 'attempts_exhausted'
            }
        },
        {
            type: 'DeliveryDeadLettered',
            data: {
                ...delivery,
                message: 'skipped',
                reason: 'skipped'
            }
        },
        {
            type: 'RedeliveryRequested',
            data: {
                ...delivery,
                attempt: 0
            }
        },
        {
            type: 'DeliverySucceeded',
            data: {
                ...delivery,
                status: 200,
                durationMs: n
            }
        },
        {
            type: 'WebhookUpdated',
            data: {
                id,
                definition
            }
        },
        {
            type: 'WebhookDisabled',
            data: {
                id,
                cause: 'failing'
            }
        },
        {
            type: 'WebhookEnabled',
            data: {
                id
            }
        },
        {
            type: 'WebhookSecretRotated',
            data: {
                id,
                previousUntil: n
            }
        },
        {
            type: 'WebhookReplayRequested',
            data: {
                id,
                replay: 'r-1',
                after: 0,
                through: position
            }
        },
        {
            type: 'WebhookReplayCompleted',
            data: {
                id,
                replay: 'r-1'
            }
        },
        {
            type: 'DeliveryFailed',
            data: {
                ...delivery,
                ...failure,
                status: 503,
                retryAt: n * 2_000
            }
        },
        {
            type: 'WebhookDeleted',
            data: {
                id
            }
        }
    ];
    return all[n % all.length];
}
export const registered = {
    type: 'WebhookRegistered',
    data: {
        id: ID,
        definition: {
            url: 'https://example.com/',
            description: 'ours',
            filter: {}
        },
        after: 0
    }
};

//# sourceMappingURL=webhook-events.js.map