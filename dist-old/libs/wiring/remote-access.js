import { ConnectorError } from '#lib/connectors';
import { askAgain, isRefusal } from '#lib/messaging/port';
/** Some two minutes: longer than a scheduler takes to start, or another one to take over. */ const TRIES = 60;
/**
 * What an executor in a process of its own knows of a connection: what the scheduler tells it for as long as it holds an
 * attempt. It sees settings, secrets that cannot be had otherwise, and access tokens; refresh tokens stay where the
 * vault is, so that a stolen executor is worth an hour.
 */ export function remoteAccess(executor, asked, timers) {
    const desk = patient(asked, timers);
    return (task)=>{
        const { tenant, schedule, run, attempt, fence, connection } = task;
        const request = {
            tenant,
            schedule,
            run,
            attempt,
            fence,
            executor,
            connection
        };
        let known;
        const view = ()=>{
            known ??= granted(desk, request);
            known.catch(()=>known = undefined);
            return known;
        };
        return {
            settings: async ()=>{
                const { connector, config, user, ownApp } = await view();
                return {
                    connector,
                    config,
                    user,
                    ownApp
                };
            },
            vault: readOnly(view),
            tokens: tokensOf(desk, request)
        };
    };
}
/**
 * Asks until there is an answer: that a scheduler restarts, or hands a shard to another one, is no fault of the
 * connector's or the provider's, and must not count as one. What is refused is refused at once.
 */ function patient(desk, timers) {
    const again = (ask, signal)=>askAgain(timers, ask, (tries, error)=>tries >= TRIES || isRefusal(error) || signal?.aborted === true);
    return {
        connection: (request)=>again(()=>desk.connection(request)),
        token: (request, signal)=>again(()=>desk.token(request), signal)
    };
}
async function granted(desk, request) {
    const answer = await desk.connection(request);
    if (answer.granted) return answer;
    const { class: errorClass = 'CONFIG', reason, code = 'connection_refused' } = answer;
    throw new ConnectorError(errorClass, reason, {
        code
    });
}
function tokensOf(desk, request) {
    const ask = async (signal, refused)=>{
        const about = {
            ...request,
            ...refused === undefined ? {} : {
                refused
            }
        };
        const answer = await desk.token(about, signal);
        if (answer.granted) return answer.token;
        throw new ConnectorError(answer.class, answer.message, {
            code: answer.code
        });
    };
    return {
        current: (_owner, _refresh, signal)=>ask(signal),
        renew: (_owner, refused, _refresh, signal)=>ask(signal, refused)
    };
}
const readOnly = (view)=>({
        async read () {
            const { secrets, version } = await view();
            return {
                secrets,
                version
            };
        },
        write: ()=>Promise.reject(new Error('an executor does not write credentials')),
        remove: ()=>Promise.reject(new Error('an executor does not remove credentials'))
    });

//# sourceMappingURL=remote-access.js.map