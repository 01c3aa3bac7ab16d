import { hash } from 'node:crypto';
import { DAY } from '#lib/domain/kernel';
import { recordKey } from '../amazon-export/upload/index.js';
import { ConnectorError } from '../kit/index.js';
/** ChatGPT opened in November 2022. */ const FIRST = Date.parse('2022-11-01') / 1000;
/** Days of a lifetime by models: more means that a field is not what we think. */ const MAX_CELLS = 100_000;
const MAX_CONVERSATIONS = 1_000_000;
const UNKNOWN = 'unknown';
/**
 * Counts messages by day (UTC) and model. Memory grows with days and models, not with messages. A conversation counts
 * once however often it is told, and its messages only once all of it was read.
 */ export class Tally {
    #cells;
    #freshDays;
    #known;
    /** Day and model of the conversation that is being read; without a model where the message names none. */ #open;
    /** `cursor`: conversations that changed after it make their days fresh. */ constructor(now, cursor){
        this.now = now;
        this.cursor = cursor;
        /** The latest `update_time`, Unix seconds. */ this.latest = 0;
        this.#cells = new Map();
        this.#freshDays = new Set();
        this.#known = new Set();
        this.#open = new Map();
    }
    message({ role, at, model, isContext, hidden }) {
        if (typeof role !== 'string') return {
            bad: 'a message without author.role'
        };
        // System and tool messages often have no time; they are no one's words. Nor are those that were put in for someone.
        if (role !== 'user' && role !== 'assistant' || isContext) return undefined;
        if (hidden && (at === undefined || at === null)) return undefined;
        const seconds = this.#instant(at);
        if (seconds === undefined) return {
            bad: 'a message without a plausible create_time'
        };
        const slug = role === 'assistant' && typeof model === 'string' ? model.slice(0, 100) : '';
        const name = `${dayOf(seconds)}|${slug}`;
        const counts = this.#open.get(name) ?? {
            answers: 0,
            questions: 0
        };
        counts[role === 'user' ? 'questions' : 'answers']++;
        this.#open.set(name, counts);
        if (this.#open.size > MAX_CELLS) throw tooMany();
        return undefined;
    }
    conversation({ id, updated, model, whole }) {
        const counted = this.#open;
        this.#open = new Map();
        if (!whole) return {
            bad: 'no conversation'
        };
        const seconds = this.#instant(updated);
        if (seconds === undefined) return {
            bad: 'a conversation without a plausible update_time'
        };
        this.latest = Math.max(this.latest, seconds);
        if (typeof id === 'string' && this.#isKnown(id)) return undefined;
        const fresh = this.cursor === undefined || seconds > this.cursor;
        const usual = usualModel(counted) ?? (typeof model === 'string' && model !== '' ? model.slice(0, 100) : UNKNOWN);
        for (const [name, day] of merged(counted, usual)){
            this.#add(name, day);
            if (fresh) this.#freshDays.add(name.slice(0, 10));
        }
        return undefined;
    }
    /** Days that a fresh conversation has touched. */ get freshDays() {
        return this.#freshDays;
    }
    /** Of the fresh days: the counts of all conversations. */ *records(account) {
        for (const [name, { answers, questions, conversations }] of this.#cells){
            const [day, model] = [
                name.slice(0, 10),
                name.slice(11)
            ];
            if (!this.#freshDays.has(day)) continue;
            yield {
                stream: 'usage',
                key: recordKey(day, model),
                data: {
                    account_ref: account,
                    kind: 'chat',
                    item: model,
                    item_ref: model,
                    occurred_at: day,
                    amount: answers,
                    unit: 'messages',
                    questions,
                    conversations,
                    source: 'export'
                }
            };
        }
    }
    #add(name, { answers, questions }) {
        const cell = this.#cells.get(name) ?? {
            answers: 0,
            questions: 0,
            conversations: 0
        };
        cell.answers += answers;
        cell.questions += questions;
        cell.conversations++;
        this.#cells.set(name, cell);
        if (this.#cells.size > MAX_CELLS) throw tooMany();
    }
    #isKnown(id) {
        const digest = hash('sha256', id, 'buffer').readUIntBE(0, 6);
        if (this.#known.has(digest)) return true;
        if (this.#known.size < MAX_CONVERSATIONS) this.#known.add(digest);
        return false;
    }
    /** A time in the future would stop every later import: nothing would ever be newer. */ #instant(value) {
        const latest = (this.now + DAY) / 1000;
        return typeof value === 'number' && value >= FIRST && value <= latest ? value : undefined;
    }
}
const dayOf = (seconds)=>new Date(seconds * 1000).toISOString().slice(0, 10);
/** Questions name no model: they belong to the one that answered most, which `default_model_slug` need not be (`auto`). */ function usualModel(counted) {
    const answers = new Map();
    for (const [name, counts] of counted)answers.set(name.slice(11), (answers.get(name.slice(11)) ?? 0) + counts.answers);
    answers.delete('');
    return [
        ...answers
    ].sort(([a, x], [b, y])=>y - x || a.localeCompare(b))[0]?.[0];
}
function merged(counted, usual) {
    const named = new Map();
    for (const [name, { answers, questions }] of counted){
        const full = name.length > 11 ? name : `${name}${usual}`;
        const before = named.get(full) ?? {
            answers: 0,
            questions: 0
        };
        named.set(full, {
            answers: before.answers + answers,
            questions: before.questions + questions
        });
    }
    return named;
}
const tooMany = ()=>new ConnectorError('SCHEMA_DRIFT', 'the conversations name implausibly many days and models', {
        code: 'too_many'
    });

//# sourceMappingURL=tally.js.map