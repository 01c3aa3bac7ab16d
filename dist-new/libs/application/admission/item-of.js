/** What executors are told of a run, admitted under the dispatch lease of an epoch. */ export function itemOf(run, epoch) {
    const { tenant, schedule, attempt, provider, user, connection, priority, repeat } = run;
    return {
        tenant,
        schedule,
        run: run.run,
        attempt,
        provider,
        user,
        connection,
        priority,
        epoch,
        repeat
    };
}

//# sourceMappingURL=item-of.js.map