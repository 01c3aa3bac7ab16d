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
import { requestOf, shortRequestOf } from '#lib/application/actors';
import { whyNotResumed } from '#lib/application/resuming';
import { backfillBody, emptyBody, pauseBody, scheduleId, triggerBody } from '#lib/contracts/api';
import { manualRun } from '#lib/domain/schedule';
import { backfilledRuns } from '#lib/projections';
import { Engine } from '#lib/wiring';
import { accepted, parse } from './input.js';
import { ScheduleApi } from './schedules.js';
/** How long a backfill waits until its runs can be told. */ const PATIENCE = 5_000;
/** The schedule decides any command against the version that its caller has seen. */ const seen = ({ ifVersion })=>ifVersion === undefined ? {} : {
        ifVersion
    };
export class ScheduleActionsApi {
    constructor(engine, schedules){
        this.engine = engine;
        this.schedules = schedules;
    }
    pause(call) {
        const { note, until } = parse(pauseBody, call.body ?? undefined);
        const { ifVersion } = call;
        return this.schedules.command(call, {
            type: 'PauseSchedule',
            cause: 'request',
            note,
            until,
            ifVersion
        });
    }
    /** Refused while the connection is suspended: it would only fail again. */ async resume(call) {
        parse(emptyBody, call.body ?? undefined);
        const { context, ifVersion } = call;
        const rejection = await whyNotResumed(this.engine.actors, parse(scheduleId, call.id, 'path'), context);
        if (rejection !== undefined) accepted({
            ok: false,
            rejection
        }, this.engine);
        return this.schedules.command(call, {
            type: 'ResumeSchedule',
            ifVersion
        });
    }
    skipNext(call) {
        parse(emptyBody, call.body ?? undefined);
        return this.schedules.command(call, {
            type: 'SkipNextOccurrence',
            ifVersion: call.ifVersion
        });
    }
    async trigger(call) {
        const { overlap, operation } = parse(triggerBody, call.body ?? undefined);
        const request = requestOf(this.engine.environment.ids, call.context.idempotency?.key);
        const command = {
            type: 'TriggerRun',
            request,
            overlap,
            operation,
            ...seen(call)
        };
        const { body } = await this.schedules.command(call, command);
        return {
            body: {
                ...body,
                run: manualRun(call.id, request)
            }
        };
    }
    async backfill(call) {
        const range = parse(backfillBody, call.body);
        const request = shortRequestOf(this.engine.environment.ids, call.context.idempotency?.key);
        const command = {
            type: 'BackfillRange',
            request,
            ...range,
            ...seen(call)
        };
        const { body } = await this.schedules.command(call, command);
        const { position } = body;
        // It is done, whether or not reads reflect it in time.
        const { readModel } = this.engine;
        await readModel.waitFor(position, PATIENCE);
        const runs = backfilledRuns(readModel, call.context.tenant, {
            schedule: call.id,
            request,
            ...range
        });
        return {
            body: {
                ...body,
                runs
            }
        };
    }
}
ScheduleActionsApi = _ts_decorate([
    Injectable(),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(ScheduleApi)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof ScheduleApi === "undefined" ? Object : ScheduleApi
    ])
], ScheduleActionsApi);

//# sourceMappingURL=schedule-actions.js.map