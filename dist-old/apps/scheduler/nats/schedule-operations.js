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
import { RunApi } from '../api/runs.js';
import { ScheduleActionsApi } from '../api/schedule-actions.js';
import { ScheduleBatchApi } from '../api/schedule-batch.js';
import { ScheduleApi } from '../api/schedules.js';
import { command, query } from './operation.js';
export class ScheduleOperations {
    constructor(schedules, batches, actions, runs){
        this.all = {
            'schedules.create': command((call)=>schedules.create(call)),
            'schedules.create-batch': command((call)=>batches.create(call)),
            'schedules.update': command((call)=>schedules.update(call)),
            'schedules.delete': command((call)=>schedules.remove(call)),
            'schedules.pause': command((call)=>actions.pause(call)),
            'schedules.resume': command((call)=>actions.resume(call)),
            'schedules.skip-next': command((call)=>actions.skipNext(call)),
            'schedules.trigger': command((call)=>actions.trigger(call)),
            'schedules.backfill': command((call)=>actions.backfill(call)),
            'schedules.validate': query((call)=>schedules.validate(call)),
            'schedules.get': query((call)=>schedules.get(call)),
            'schedules.list': query((call)=>schedules.list(call)),
            'schedules.occurrences': query((call)=>schedules.occurrences(call)),
            'schedules.events': query((call)=>schedules.events(call)),
            'runs.cancel': command((call)=>runs.cancel(call)),
            'runs.redrive': command((call)=>runs.redrive(call)),
            'runs.get': query((call)=>runs.get(call)),
            'runs.list': query((call)=>runs.list(call))
        };
    }
}
ScheduleOperations = _ts_decorate([
    Injectable(),
    _ts_param(0, Inject(ScheduleApi)),
    _ts_param(1, Inject(ScheduleBatchApi)),
    _ts_param(2, Inject(ScheduleActionsApi)),
    _ts_param(3, Inject(RunApi)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof ScheduleApi === "undefined" ? Object : ScheduleApi,
        typeof ScheduleBatchApi === "undefined" ? Object : ScheduleBatchApi,
        typeof ScheduleActionsApi === "undefined" ? Object : ScheduleActionsApi,
        typeof RunApi === "undefined" ? Object : RunApi
    ])
], ScheduleOperations);

//# sourceMappingURL=schedule-operations.js.map