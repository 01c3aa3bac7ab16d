import { connectionAggregate, isCommandOutage, scheduleAggregate } from '#lib/application/actors';
import { connectionStream, scheduleStream } from '#lib/contracts/streams';
/** Items whose appends come together: enough to fill a commit, and a few milliseconds of this thread. */ const PORTION = 250;
/**
 * Creates many schedules: claims by the portion, then the schedules that got theirs, while the next portion's claims
 * are on their way. Whatever is not plain (a refusal, a claim left behind, somebody else at the same stream) is created
 * by itself, so that each item is answered as a single creation would answer it.
 */ export class BatchCreation {
    constructor(actors, environment, single){
        this.actors = actors;
        this.environment = environment;
        this.single = single;
    }
    /** One answer per item, in their order. @throws {CommandOutage} where there is none but outages. */ async create(items, context) {
        const answers = new Map();
        if (context.idempotency !== undefined) await this.#answerRepeated(items, context, answers);
        for (const round of roundsOf(items.map((item, index)=>({
                ...item,
                index
            })))){
            const fresh = round.filter(({ index })=>!answers.has(index));
            await this.#inPortions(fresh, (portion)=>this.#portion(portion, context, answers));
        }
        const all = items.map((_, index)=>told(answers.get(index)));
        const outages = all.flatMap((answer)=>'outage' in answer ? [
                answer.outage
            ] : []);
        if (outages[0] !== undefined && outages.length === all.length) throw outages[0];
        return all;
    }
    /** The ids of those that exist, or did. */ async made(items) {
        const made = new Set();
        await this.#inPortions(items, async (portion)=>{
            const states = await Promise.all(portion.map(({ id })=>this.actors.read(scheduleAggregate, scheduleStream(id))));
            for (const [at, { id }] of portion.entries())if (states[at]?.state.status !== 'absent') made.add(id);
        });
        return made;
    }
    /**
   * What an earlier request with this key made. If that was another request, nothing of this one is: a batch is not
   * refused in part because its key was used.
   */ async #answerRepeated(items, context, answers) {
        const numbered = items.map((item, index)=>({
                ...item,
                index
            }));
        const made = await this.made(items);
        const known = numbered.filter(({ id })=>made.has(id));
        await this.#inPortions(known, (portion)=>this.#each(portion, context, answers));
        const reused = [
            ...answers.values()
        ].find(isReused);
        if (reused === undefined) return;
        for (const index of items.keys())answers.set(index, reused);
    }
    /** An outage of the whole is one of each that has no answer yet. */ async #portion(portion, context, answers) {
        const unanswered = ()=>portion.filter(({ index })=>!answers.has(index));
        try {
            const created = await this.#created(await this.#claimed(portion, context, answers), context);
            for (const [{ index }, answer] of created)if (answer !== undefined) answers.set(index, told(answer));
            await this.#each(unanswered(), context, answers);
        } catch (error) {
            const away = outageOnly(error);
            for (const { index } of unanswered())answers.set(index, away);
        }
    }
    /** Those that have their claim now; what became of the other claims is asked one by one, an outage apart. */ async #claimed(portion, { idempotency: _, ...unkeyed }, answers) {
        const claims = portion.map(({ id, definition: { connection, operation, user, provider } })=>({
                stream: connectionStream(unkeyed.tenant, connection),
                command: {
                    type: 'ClaimConnection',
                    schedule: id,
                    operation,
                    user,
                    provider
                }
            }));
        const claimed = await this.actors.together(connectionAggregate, claims, unkeyed);
        return portion.filter(({ index }, at)=>{
            const answer = claimed[at];
            if (isCommandOutage(answer)) answers.set(index, told(answer));
            return answer !== undefined && !isCommandOutage(answer);
        });
    }
    async #created(claimed, context) {
        const creations = claimed.map(({ id, definition })=>({
                stream: scheduleStream(id),
                command: {
                    type: 'CreateSchedule',
                    id,
                    definition
                }
            }));
        const created = await this.actors.together(scheduleAggregate, creations, context);
        return claimed.map((item, at)=>[
                item,
                created[at]
            ]);
    }
    async #each(items, context, answers) {
        const one = async ({ index, ...creation })=>{
            answers.set(index, await this.single(creation, context).catch(outageOnly));
        };
        await Promise.all(items.map(one));
    }
    /** Begins one portion a turn of the loop, so that others have their turns, and waits for all of them. */ async #inPortions(items, work) {
        const open = [];
        for(let at = 0; at < items.length; at += PORTION){
            if (at > 0) await new Promise((resolve)=>this.environment.timers.soon(resolve));
            open.push(Promise.allSettled([
                work(items.slice(at, at + PORTION))
            ]));
        }
        for (const outcome of (await Promise.all(open)).flat())if (outcome.status === 'rejected') throw outcome.reason;
    }
}
/** Items of one connection follow each other, round by round: the first that claims an operation has it. */ function roundsOf(items) {
    const rounds = [];
    const seen = new Map();
    for (const item of items){
        const { connection } = item.definition;
        const round = seen.get(connection) ?? 0;
        seen.set(connection, round + 1);
        (rounds[round] ??= []).push(item);
    }
    return rounds;
}
/** The request's key was used for another one: of a batch, each is answered so. */ export const isReused = (answer)=>'rejection' in answer && answer.rejection.reason === 'idempotency_key_reused';
function told(answer) {
    if (answer === undefined) throw new Error('a creation of a batch was not answered');
    return isCommandOutage(answer) ? {
        ok: false,
        outage: answer
    } : answer;
}
/** @throws what is no outage: a defect. */ function outageOnly(error) {
    if (isCommandOutage(error)) return told(error);
    throw error;
}

//# sourceMappingURL=create-schedules.js.map