import { SECOND } from '#lib/domain/kernel';
const taken = {
    kind: 'delivered',
    status: 200,
    durationMs: 1
};
export const refusal = (status, retryAfterMs)=>({
        kind: 'failed',
        status,
        message: `answered ${status}`,
        durationMs: 1,
        ...retryAfterMs === undefined ? {} : {
            retryAfterMs
        }
    });
/** How endpoints of all sorts behave. */ export const manners = {
    healthy: ()=>taken,
    dead: ()=>'hangs',
    flapping: (nth)=>nth % 3 === 0 ? taken : refusal(502),
    /** Always the same ones. */ choosy: (_, { id })=>Number(id.slice(-2)) % 7 === 0 ? refusal(400) : taken,
    throttling: (nth)=>nth % 10 === 9 ? refusal(429, 90 * SECOND) : taken,
    moved: ()=>refusal(302),
    gone: (nth)=>nth < 5 ? taken : refusal(410)
};
const TIMEOUT = 15 * SECOND;
/** The world's side of webhooks: everything that came, by endpoint, and how it is answered. */ export class Receivers {
    #manners;
    constructor(time){
        this.time = time;
        this.got = new Map();
        this.#manners = new Map();
    }
    behave(webhook, manner) {
        this.#manners.set(webhook, manner);
    }
    of(webhook) {
        return this.got.get(webhook) ?? [];
    }
    async send(message, signal) {
        const all = this.got.get(message.webhook) ?? [];
        this.got.set(message.webhook, all);
        const manner = this.#manners.get(message.webhook) ?? manners.healthy;
        const answer = manner(all.length, message);
        const { id, body } = message;
        const at = this.time.clock.now();
        all.push({
            at,
            id,
            body,
            taken: answer !== 'hangs' && answer.kind === 'delivered'
        });
        if (answer !== 'hangs') return answer;
        await new Promise((resolve, reject)=>{
            const cancel = this.time.timers.after(TIMEOUT, resolve);
            signal.addEventListener('abort', ()=>{
                cancel();
                reject(new Error('stopped'));
            });
        });
        return {
            kind: 'failed',
            message: 'took too long to answer',
            durationMs: TIMEOUT
        };
    }
}

//# sourceMappingURL=receivers.js.map