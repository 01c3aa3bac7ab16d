import { BATCH_QUESTIONS, shardOf, subjects } from '#lib/contracts/messages';
import { decodeJson } from './json.js';
import { portions } from './portions.js';
const TIMEOUT = 5_000;
/**
 * What is asked within one turn of the event loop goes out together: to the node that holds the shards, as far as its
 * answers have told, else shard by shard. A guess that is wrong costs another question, never an answer: each node
 * answers only for the shards that it holds.
 */ export class DeskQuestions {
    #waiting;
    /** What the node that holds a shard holds besides: shards with the same list go together. */ #together;
    /** A scheduler of an earlier release was met: it takes one question at a time. */ #singly;
    constructor(options){
        this.options = options;
        this.#waiting = [];
        this.#together = new Map();
        this.#singly = false;
    }
    ask(question, about) {
        return new Promise((resolve, reject)=>{
            const asked = {
                question,
                shard: shardOf(about.schedule),
                json: JSON.stringify(about),
                resolve,
                reject
            };
            if (this.#waiting.push(asked) === 1) this.options.timers.soon(()=>this.#send());
        });
    }
    #send() {
        const groups = new Map();
        for (const asked of this.#waiting){
            const key = this.#singly ? asked.json : this.#together.get(asked.shard) ?? String(asked.shard);
            const group = groups.get(key);
            if (group === undefined) groups.set(key, [
                asked
            ]);
            else group.push(asked);
        }
        this.#waiting = [];
        for (const group of groups.values())for (const batch of portions(group, bytesOf, BATCH_QUESTIONS))void this.#ask(batch);
    }
    async #ask(batch) {
        const [first] = batch;
        if (first === undefined) return;
        try {
            // A batch of one asks, besides, what else the node holds.
            const alone = batch.length === 1 && (this.#singly || this.#together.has(first.shard));
            if (alone) first.resolve(await this.#alone(first));
            else await this.#all(first.shard, batch);
        } catch (error) {
            for (const { shard, reject } of batch){
                this.#together.delete(shard);
                reject(error);
            }
        }
    }
    #apart(asked) {
        this.#alone(asked).then(asked.resolve, asked.reject);
    }
    #alone({ shard, question, json }) {
        return this.request(shard, question, json);
    }
    async #all(shard, batch) {
        const questions = batch.map(({ question, json })=>`{"question":"${question}","about":${json}}`).join();
        const reply = await this.request(shard, 'batch', `{"questions":[${questions}]}`);
        if ('invalid' in reply) {
            this.#singly = true;
            for (const asked of batch)this.#apart(asked);
            return;
        }
        if ('outage' in reply) throw new Error(reply.outage);
        const { answers, holds } = reply.answer;
        const held = holds.join();
        for (const shard of holds)this.#together.set(shard, held);
        for (const [index, asked] of batch.entries()){
            const answer = answers[index] ?? {
                apart: true
            };
            if (!holds.includes(asked.shard)) this.#together.delete(asked.shard);
            if ('apart' in answer) this.#apart(asked);
            else asked.resolve(answer);
        }
    }
    /** One message and its answer, at once. */ async request(shard, question, json, timeout = TIMEOUT) {
        const { nc, executor } = this.options;
        const { data } = await nc.request(subjects.desk(shard, executor, question), json, {
            timeout
        });
        return decodeJson(data);
    }
}
/** With its name, and what stands around both. */ const bytesOf = ({ json, question })=>Buffer.byteLength(json) + question.length + 30;

//# sourceMappingURL=desk-questions.js.map