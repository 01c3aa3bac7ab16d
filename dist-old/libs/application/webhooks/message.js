import { integrationEvent } from '#lib/contracts/integration';
/**
 * What is sent: `type`, `timestamp` and `data` as the Standard Webhooks specification has them, and beside them whom it is
 * about and where it stands in the log. Equal, byte for byte, whenever the same event is told.
 */ export function bodyOf(event, subject) {
    const told = integrationEvent(event);
    if (told === undefined) throw new Error(`${event.stream} is no stream that is told of`);
    const { id, type, at, position, stream, revision, actor, correlation, causation, data } = told.event;
    const envelope = {
        id,
        position,
        stream,
        revision,
        tenant: told.tenant,
        actor,
        correlation,
        causation
    };
    return JSON.stringify({
        type,
        timestamp: at,
        ...envelope,
        subject,
        data
    });
}

//# sourceMappingURL=message.js.map