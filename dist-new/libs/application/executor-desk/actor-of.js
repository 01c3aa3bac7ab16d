import QuickLRU from 'quick-lru';
const actors = new QuickLRU({
    maxSize: 1_000
});
/**
 * An executor as the actor of an event. Made once for each and joined: what two strings are added up to is one that
 * `JSON.stringify` takes twice as long for, and it is in two of three events.
 */ export function actorOf(executor) {
    let actor = actors.get(executor);
    if (actor === undefined) actors.set(executor, actor = [
        'executor',
        executor
    ].join(':'));
    return actor;
}

//# sourceMappingURL=actor-of.js.map