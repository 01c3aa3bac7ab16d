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
import { Controller, Inject, Module } from '@nestjs/common';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { WORK_PATTERN, WorkStrategy } from './work-strategy.js';
export class WorkController {
    constructor(work){
        this.work = work;
    }
    run(item, context) {
        return this.work.run(item, context);
    }
}
_ts_decorate([
    MessagePattern(WORK_PATTERN),
    _ts_param(0, Payload()),
    _ts_param(1, Ctx()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof WorkItem === "undefined" ? Object : WorkItem,
        typeof WorkContext === "undefined" ? Object : WorkContext
    ]),
    _ts_metadata("design:returntype", typeof Promise === "undefined" ? Object : Promise)
], WorkController.prototype, "run", null);
WorkController = _ts_decorate([
    Controller(),
    _ts_param(0, Inject(WorkStrategy)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof WorkStrategy === "undefined" ? Object : WorkStrategy
    ])
], WorkController);
export class ExecutorModule {
    static with(strategy) {
        return {
            module: ExecutorModule,
            controllers: [
                WorkController
            ],
            providers: [
                {
                    provide: WorkStrategy,
                    useValue: strategy
                }
            ]
        };
    }
}
ExecutorModule = _ts_decorate([
    Module({})
], ExecutorModule);

//# sourceMappingURL=executor.module.js.map