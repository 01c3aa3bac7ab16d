import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Api } from './api.js';
import { setStage } from './stage.js';
import { registerConnections, schedules } from './story.js';
import { openFolder } from './surroundings.js';
import { table, tell } from './telling.js';
/**
 * The main job, shown: the real service over HTTP, stand-ins of Spotify, OpenAI and a bank, made-up exports. Every line printed
 * comes from an answer or an event of the running service. Stopped half-way (kill -9 too), the next demo goes on with
 * the log that this one left.
 */ const LEAST_SECONDS = 42;
const say = (text)=>console.log(text);
const pause = (seconds)=>new Promise((resolve)=>setTimeout(resolve, seconds * 1_000));
const rounded = (value)=>typeof value === 'number' ? value.toFixed(1) : '–';
const items = ({ body })=>body['items'] ?? [];
async function createSchedules(api, names) {
    say('\nSchedules of every frequency, due within the minute: POST /v1/schedules');
    for (const body of schedules(new Date())){
        const { name, recurrence } = body;
        const { status, body: answer } = await api.post('/v1/schedules', body);
        const id = String(answer['id'] ?? answer['schedule']);
        names.set(id, name);
        say(`  ${status}  ${recurrence.frequency.padEnd(9)} ${name}${status === 409 ? ` (kept from before: ${id})` : ''}`);
    }
    const refused = await api.post('/v1/schedules', schedules(new Date())[0]);
    say(`\nThe first one again: ${refused.status} ${String(refused.body['title'])}\n  ${String(refused.body['detail'])}`);
    const nonsense = {
        user: 'ann',
        connection: 'x',
        provider: 'spotify',
        recurrence: {
            frequency: 'cron',
            expression: '0 0 30 2 *'
        }
    };
    const never = await api.post('/v1/schedules', nonsense);
    say(`A cron for 30 February: ${never.status}\n  ${String(never.body['detail'])}`);
}
async function showRuns(api, names) {
    const runs = items(await api.get('/v1/runs?limit=500'));
    const retried = runs.find((run)=>run['attempts'].length > 2);
    if (retried === undefined) return;
    say(`\nOne run that was retried, GET /v1/runs/${String(retried['id'])}`);
    say(`  ${names.get(String(retried['schedule'])) ?? ''}: due ${String(retried['nominal'])}, ${String(retried['status'])}, ${String(retried['latenessMs'])} ms late at its first start`);
    say(table(retried['attempts'], [
        'attempt',
        'startedAt',
        'outcome',
        'errorClass',
        'nextAfterMs'
    ]));
}
async function showReport(api) {
    const { body: report } = await api.get('/v1/report');
    const totals = report['totals'];
    say('\nThe report, GET /v1/report');
    say(`  runs ${String(totals['queued'])}: succeeded ${String(totals['succeeded'])}, retries ${String(totals['retries'])}, snoozed ${String(totals['snoozed'])}, given up ${String(totals['abandoned'])}, skipped ${String(totals['skipped'])} ${JSON.stringify(report['skipReasons'])}`);
    say(`  lateness p50 ${rounded(totals.lateness['p50'])} ms, p99 ${rounded(totals.lateness['p99'])} ms; attempts take p50 ${rounded(totals.duration['p50'])} ms, p99 ${rounded(totals.duration['p99'])} ms`);
    say(`\nConflicts, GET /v1/conflicts`);
    for (const conflict of items(await api.get('/v1/conflicts')))say(`  ${String(conflict['kind']).padEnd(10)} ${String(conflict['status']).padEnd(9)} ${String(conflict['message']).slice(0, 120)}`);
}
async function showSubscriptions(api) {
    const rows = items(await api.get('/v1/subscriptions')).map((row)=>({
            ...row,
            price: row['priceMinor'] === null || row['priceMinor'] === undefined ? null : `${(Number(row['priceMinor']) / 100).toFixed(2)} ${String(row['currency'])}`,
            'renews on': row['renewsOn'],
            sources: row['sources'].map((source)=>source['connector']).join(' + ')
        }));
    say('\nSubscriptions found, GET /v1/subscriptions');
    say(table(rows, [
        'user',
        'service',
        'plan',
        'status',
        'price',
        'renews on',
        'sources'
    ]));
    say('  (Spotify and ChatGPT tell no price and no renewal date: Ann’s come from her bank, Bob’s stay unknown.)');
}
async function play(stage) {
    const api = new Api(stage.url);
    const names = new Map();
    say(`\nThe service answers at ${stage.url}`);
    if (process.env['CLUSTER_NATS'] !== undefined) say('Two schedulers on EventStoreDB share it with two executors behind NATS; this is the first of them.');
    say(`\nConnections of four users: PUT /v1/connections/{id}`);
    for (const line of (await registerConnections(api, stage)))say(`  ${line}`);
    await createSchedules(api, names);
    say('\nWhat happens now, from GET /v1/events (Spotify’s stand-in answers its first requests with 503, and one with 429):');
    const abort = new AbortController();
    const began = Date.now();
    // It ends with an error when the service is stopped under it.
    const following = api.follow(abort.signal, (event)=>{
        const line = Date.parse(event.at) >= began - 1_000 ? tell(event, names) : undefined;
        if (line !== undefined) say(line);
    }).catch(()=>undefined);
    await pause(20);
    say('  …          (Spotify stops in the middle of an answer, twice; new plays arrive)');
    stage.spotify.script('/v1/me/player', {
        kind: 'stall'
    }, 2);
    stage.spotify.play('ann', 3);
    const nextMinute = 60 - began / 1_000 % 60 + 3;
    await pause(Math.max(LEAST_SECONDS, nextMinute) - (Date.now() - began) / 1_000);
    abort.abort();
    await following;
    await showRuns(api, names);
    await showReport(api);
    await showSubscriptions(api);
}
async function main() {
    const folder = openFolder(process.env);
    const resumed = existsSync(join(folder, 'events.sqlite'));
    say(`Syncopate demo: about a minute. Its data is in ${folder}${resumed ? ', left by a demo that was cut off: going on from there' : ''}.`);
    const stage = await setStage(folder);
    process.once('SIGINT', ()=>void stage.stop().then(()=>process.exit(130)));
    try {
        await play(stage);
    } finally{
        await stage.stop();
    }
    rmSync(folder, {
        recursive: true,
        force: true
    });
    say('\nThe service was stopped and the demo’s data removed. Start your own with: npm start');
}
main().then(()=>process.exit(0), (error)=>{
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
});

//# sourceMappingURL=main.js.map