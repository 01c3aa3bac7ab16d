export const nameOf = ({ position, stream, revision, id: event, type: eventType })=>({
        position,
        stream,
        revision,
        event,
        eventType
    });

//# sourceMappingURL=name-of.js.map