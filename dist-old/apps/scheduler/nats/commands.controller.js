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
import { Controller, Inject } from '@nestjs/common';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { subjects, tokensOf } from '#lib/contracts/messages';
import { NatsOperations } from './operations.js';
export class NatsCommandsController {
    constructor(operations){
        this.operations = operations;
    }
    async answer(payload, context) {
        const [, tenant = '', resource = '', verb = ''] = tokensOf(context.getSubject());
        const headers = context.getHeaders();
        const key = headers?.get?.('Idempotency-Key');
        const { retry: _, ...answer } = await this.operations.answer({
            tenant,
            resource,
            verb,
            payload,
            key: key === undefined || key === '' ? undefined : key
        });
        return answer;
    }
}
_ts_decorate([
    MessagePattern(subjects.command('*', '*', '*')),
    _ts_param(0, Payload()),
    _ts_param(1, Ctx()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        Object,
        typeof NatsContext === "undefined" ? Object : NatsContext
    ]),
    _ts_metadata("design:returntype", Promise)
], NatsCommandsController.prototype, "answer", null);
NatsCommandsController = _ts_decorate([
    Controller(),
    _ts_param(0, Inject(NatsOperations)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof NatsOperations === "undefined" ? Object : NatsOperations
    ])
], NatsCommandsController);

//# sourceMappingURL=commands.controller.js.map