function _ts_decorate(decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") {
        r = Reflect.decorate(decorators, target, key, desc);
    } else {
        for(var i = decorators.length - 1; i >= 0; i--){
            if (d = decorators[i]) {
                r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
            }
        }
    }
    return c > 3 && r && Object.defineProperty(target, key, r), r;
}
function _ts_metadata(metadataKey, metadataValue) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") {
        return Reflect.metadata(metadataKey, metadataValue);
    }
}
function _ts_param(paramIndex, decorator) {
    return function(target, key) {
        decorator(target, key, paramIndex);
    };
}
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { CreateSchedulesMessage } from '#lib/application/commands';
import { isReused } from '#lib/application/creation';
import { breathing } from '#lib/application/validation';
import { createScheduleBody, scheduleBatch, toDefinition } from '#lib/contracts/api';
import { Engine } from '#lib/wiring';
import { accepted, parse } from './input.js';
import { problemOf, rejected } from './problem.js';
import { scheduleAnswer, warningsOf } from './schedules.js';
/** Stopped on the way: only itself. */ let Stopped = class Stopped {
    constructor(problem){
        this.problem = problem;
    }
};
const goesOn = (item)=>!(item instanceof Stopped);
export class ScheduleBatchApi {
    constructor(engine, commands){
        this.engine = engine;
        this.commands = commands;
    }
    async create({ context, body }) {
        const { schedules } = parse(scheduleBatch, body, 'batch');
        const { creation, validation } = this.engine;
        const parsed = await this.#parsed(schedules, context);
        const read = parsed.filter(goesOn);
        const fresh = await creation.fresh(read, context);
        return validation.creating(fresh, context.tenant, async (found)=>{
            const findingsOf = new Map(fresh.map(({ id }, at)=>[
                    id,
                    found[at] ?? []
                ]));
            const judged = parsed.map((item)=>goesOn(item) ? warned(item, findingsOf.get(item.id)) : item);
            return this.#created(judged, context);
        });
    }
    async #created(judged, context) {
        const going = judged.filter(goesOn);
        const answers = await this.commands.execute(new CreateSchedulesMessage(going, context));
        assertNewRequest(answers);
        const results = answers.map((answer, at)=>attempt(()=>this.#result(answer, going[at]?.warnings)));
        const told = results.values();
        const items = judged.map((item)=>goesOn(item) ? told.next().value : item).map(itemOf);
        const body = summary(items);
        const created = {
            body,
            retry: answers.some((answer)=>'outage' in answer)
        };
        return {
            created,
            position: body.position
        };
    }
    async #parsed(schedules, context) {
        const { creation, environment } = this.engine;
        const now = Math.floor(environment.clock.now());
        const breath = breathing(environment);
        const parsed = [];
        for (const [index, id] of creation.scheduleIds(context, schedules.length).entries()){
            await breath();
            parsed.push(attempt(()=>({
                    id,
                    definition: toDefinition(parse(createScheduleBody, schedules[index]), now)
                })));
        }
        return parsed;
    }
    #result(answer, warnings) {
        if ('outage' in answer) throw answer.outage;
        return scheduleAnswer(accepted(answer, this.engine), warnings);
    }
}
ScheduleBatchApi = _ts_decorate([
    Injectable(),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(CommandBus)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof CommandBus === "undefined" ? Object : CommandBus
    ])
], ScheduleBatchApi);
const warned = (item, findings = [])=>attempt(()=>({
            ...item,
            warnings: warningsOf(findings)
        }));
/** A refusal or an outage stops the item it is about; a defect stops everything, loudly. */ function attempt(work) {
    try {
        return work();
    } catch (error) {
        const known = problemOf(error);
        if (known === undefined) throw error;
        return new Stopped(known.problem);
    }
}
function itemOf(told) {
    if (told === undefined) throw new Error('a schedule of a batch was not answered');
    return told instanceof Stopped ? {
        ok: false,
        problem: told.problem
    } : {
        ok: true,
        result: told
    };
}
/** @throws {ProblemException} 422 where the key was used for another request: that is said once. */ function assertNewRequest(answers) {
    const [first] = answers;
    if (first !== undefined && isReused(first)) throw rejected(first.rejection);
}
function summary(items) {
    const results = items.flatMap((item)=>item.ok ? [
            item.result
        ] : []);
    const repeated = results.filter((result)=>result.repeated === true).length;
    return {
        created: results.length - repeated,
        repeated,
        refused: items.length - results.length,
        /** Reads at this position see all of them. */ position: results.reduce((most, { position })=>Math.max(most, position), 0),
        items
    };
}

//# sourceMappingURL=schedule-batch.js.map