import { shardOf, subjects } from '#lib/contracts/messages';
import { DeskQuestions } from './desk-questions.js';
/** The provider is asked meanwhile, and may be slow. */ const TOKEN_TIMEOUT = 65_000;
/** The scheduler would refuse this however often it were asked: a defect here, or another release there. */ export class DeskRefusal extends Error {
    constructor(...args){
        super(...args), this.name = 'DeskRefusal';
    }
}
/** Asks whichever node holds the schedule's shard. @throws while nobody does, or nobody answers: ask again. */ export class DeskClient {
    #questions;
    constructor(options){
        this.options = options;
        this.#questions = new DeskQuestions(options);
    }
    claim(request) {
        return this.#together('claim', request);
    }
    checkpoint({ executor: _, ...report }) {
        return this.#together('checkpoint', report);
    }
    report(report) {
        return this.#together('report', report);
    }
    connection(request) {
        return this.#ask('connection', request);
    }
    token(request) {
        return this.#ask('token', request, TOKEN_TIMEOUT);
    }
    /** To every node, unanswered: what is to be stopped comes by the stop subject. */ heartbeat(beat) {
        this.options.nc.publish(subjects.beat(this.options.executor), JSON.stringify(beat));
        return Promise.resolve({
            lost: [],
            cancel: [],
            unaware: []
        });
    }
    async #together(question, about) {
        return answerOf(question, await this.#questions.ask(question, about));
    }
    async #ask(question, about, timeout) {
        const [shard, json] = [
            shardOf(about.schedule),
            JSON.stringify(about)
        ];
        return answerOf(question, await this.#questions.request(shard, question, json, timeout));
    }
}
function answerOf(question, envelope) {
    if ('answer' in envelope) return envelope.answer;
    if ('outage' in envelope) throw new Error(`the scheduler cannot answer now: ${envelope.outage}`);
    throw new DeskRefusal(`the scheduler does not understand the ${question}: ${envelope.invalid}`);
}

//# sourceMappingURL=desk-client.js.map