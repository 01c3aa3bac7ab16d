const clock = (iso)=>iso.slice(11, 23);
const scheduleOf = (event)=>event.stream.replace(/^schedule-/, '');
/** What happened, in a line; undefined for events that only machines care about. */ export function tell(event, names) {
    const { data } = event;
    const who = (names.get(scheduleOf(event)) ?? scheduleOf(event).slice(0, 12)).padEnd(28);
    const line = (what, more = '')=>`  ${clock(event.at)}  ${what.padEnd(10)} ${who} ${more}`;
    switch(event.type){
        case 'RunStarted':
            return line('started', `attempt ${String(data['attempt'])}, fence ${String(data['fence'])}`);
        case 'RunSucceeded':
            {
                const { written } = data['counts'];
                return line('succeeded', `${String(data['durationMs'])} ms, ${written} records written`);
            }
        case 'RunFailed':
            {
                const error = data['error'];
                return line('failed', `${error.class}: ${error.message.slice(0, 90)}`);
            }
        case 'RetryScheduled':
            return line('retry', `attempt ${String(data['attempt'])} in ${Number(data['delayMs']) / 1_000} s`);
        case 'RunSnoozed':
            return line('snoozed', `${String(data['class'])}, until ${clock(new Date(Number(data['until'])).toISOString())} (no attempt used up)`);
        case 'RunAbandoned':
            return line('given up', String(data['reason']));
        case 'OccurrenceSkipped':
            return line('skipped', `due ${clock(new Date(Number(data['nominal'])).toISOString())}, ${String(data['reason'])}`);
        case 'OccurrencesMissed':
            return line('missed', `${String(data['count'])} occurrences, ${String(data['reason'])}`);
        case 'SchedulePaused':
            return line('paused', `${String(data['cause'])}: ${String(data['note'] ?? '').slice(0, 80)}`);
        case 'ConnectionSuspended':
            return `  ${clock(event.at)}  suspended  connection ${event.stream.split('.').at(-1) ?? ''}: ${String(data['message']).slice(0, 90)}`;
        default:
            return undefined;
    }
}
/** A plain table; numbers to the right. */ export function table(rows, columns) {
    const cells = [
        columns.map(String),
        ...rows.map((row)=>columns.map((column)=>String(row[column] ?? '–')))
    ];
    const widths = columns.map((_, index)=>Math.max(...cells.map((row)=>row[index]?.length ?? 0)));
    return cells.map((row)=>`  ${row.map((cell, index)=>/^[\d.]+$/.test(cell) ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0)).join('  ')}`).join('\n');
}

//# sourceMappingURL=telling.js.map