import { parseStream } from '#lib/contracts/streams';
/** What the terminal shows at the start: where everything is, and what to type next. */ export function welcome(url, engine) {
    const { configuration, readModel, environment } = engine;
    const { schedules, openRuns, nextDue } = readModel.scheduleStats('default', environment.clock.now());
    const open = Object.entries(openRuns).map(([status, count])=>`${count} ${status}`);
    const due = nextDue === null ? '' : `, next due ${new Date(nextDue.wakeAt).toISOString()}`;
    const lines = [
        '',
        `Syncopate is running at ${url}`,
        `  data      ${configuration.dataFolder} (event log, read models, vault, synced records)`,
        `  schedules ${schedules.total}${due}${open.length === 0 ? '' : `; runs open: ${open.join(', ')}`}`,
        `  dashboard ${url}/`,
        `  API       ${url}/v1/openapi.json    live events  curl -N ${url}/v1/events    metrics ${url}/metrics`,
        ''
    ];
    if (schedules.total === 0) {
        lines.push('Nothing is scheduled yet. In another terminal, see it at work against a stand-in of Spotify and made-up exports:', '', '  npm run demo', '', 'or register a connection and a schedule of your own: the README shows how.', '');
    }
    engine.observers.listen((event)=>{
        // Messages are whatever an engine said: a line break, or what moves a terminal's cursor, would forge other lines.
        const line = told(event)?.replace(/\p{Cc}/gu, ' ');
        if (line !== undefined) process.stdout.write(`${new Date(event.metadata.at).toISOString()}  ${line}\n`);
    });
    return `${lines.join('\n')}\n`;
}
/** One line for what a person at a terminal wants to see happen; undefined for the rest. */ export function told(event) {
    const id = parseStream(event.stream)?.id ?? '';
    switch(event.type){
        case 'ScheduleCreated':
            return `created    schedule ${id} (${event.data.definition.recurrence.frequency}, ${event.data.definition.provider})`;
        case 'SchedulePaused':
            return `paused     schedule ${id}: ${event.data.note ?? event.data.cause}`;
        case 'RunSucceeded':
            return `succeeded  ${event.data.run} in ${event.data.durationMs} ms, ${event.data.counts.written} records`;
        case 'RunFailed':
            return `failed     ${event.data.run} attempt ${event.data.attempt}: ${event.data.error.class} ${event.data.error.message}`;
        case 'RetryScheduled':
            return `retry      ${event.data.run} in ${event.data.delayMs} ms`;
        case 'RunSnoozed':
            return `snoozed    ${event.data.run}: ${event.data.class} until ${new Date(event.data.until).toISOString()}`;
        case 'RunAbandoned':
            return `gave up    ${event.data.run}: ${event.data.reason}`;
        case 'OccurrenceSkipped':
            return `skipped    schedule ${id}: ${event.data.reason}`;
        case 'OccurrencesMissed':
            return `missed     schedule ${id}: ${event.data.count} occurrences, ${event.data.reason}`;
        case 'ConnectionSuspended':
            return `suspended  connection ${id}: ${event.data.message}`;
        case 'CircuitOpened':
            return `breaker    ${event.data.provider} open after ${event.data.failures} failures`;
        default:
            return undefined;
    }
}

//# sourceMappingURL=welcome.js.map