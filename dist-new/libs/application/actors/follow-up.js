/** What is stored with a decision that leads to this state, if anything. */ export function followUpOf(follow, decider, decision, { state, now }) {
    const asked = follow?.(decision);
    if (asked === undefined) return undefined;
    const answer = decider.decide({
        ...asked.command,
        now
    }, state);
    if (answer.accepted && answer.events.length > 0) return {
        asked,
        events: answer.events
    };
    asked.dropped(false);
    return undefined;
}

//# sourceMappingURL=follow-up.js.map