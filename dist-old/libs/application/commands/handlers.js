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
import { Inject } from '@nestjs/common';
import { CommandHandler } from '@nestjs/cqrs';
import { Actors, conflictAggregate, connectionAggregate, parkingAggregate, providerAggregate, scheduleAggregate, webhookAggregate } from '#lib/application/actors';
import { ScheduleCreation } from '#lib/application/creation';
import { conflictStream, connectionStream, parkingStream, providerStream, scheduleStream, webhookStream } from '#lib/contracts/streams';
import { ConflictMessage, ConnectionMessage, CreateScheduleMessage, CreateSchedulesMessage, ParkingMessage, ProviderMessage, ScheduleMessage, WebhookMessage } from './messages.js';
export class CreateScheduleHandler {
    constructor(creation){
        this.creation = creation;
    }
    execute({ id, definition, context }) {
        return this.creation.create(id, definition, context);
    }
}
CreateScheduleHandler = _ts_decorate([
    CommandHandler(CreateScheduleMessage),
    _ts_param(0, Inject(ScheduleCreation)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof ScheduleCreation === "undefined" ? Object : ScheduleCreation
    ])
], CreateScheduleHandler);
export class CreateSchedulesHandler {
    constructor(creation){
        this.creation = creation;
    }
    execute({ items, context }) {
        return this.creation.createMany(items, context);
    }
}
CreateSchedulesHandler = _ts_decorate([
    CommandHandler(CreateSchedulesMessage),
    _ts_param(0, Inject(ScheduleCreation)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof ScheduleCreation === "undefined" ? Object : ScheduleCreation
    ])
], CreateSchedulesHandler);
export class ScheduleHandler {
    constructor(actors){
        this.actors = actors;
    }
    execute({ id, command, context }) {
        return this.actors.execute(scheduleAggregate, scheduleStream(id), command, context);
    }
}
ScheduleHandler = _ts_decorate([
    CommandHandler(ScheduleMessage),
    _ts_param(0, Inject(Actors)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Actors === "undefined" ? Object : Actors
    ])
], ScheduleHandler);
export class ConnectionHandler {
    constructor(actors){
        this.actors = actors;
    }
    execute({ id, command, context }) {
        return this.actors.execute(connectionAggregate, connectionStream(context.tenant, id), command, context);
    }
}
ConnectionHandler = _ts_decorate([
    CommandHandler(ConnectionMessage),
    _ts_param(0, Inject(Actors)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Actors === "undefined" ? Object : Actors
    ])
], ConnectionHandler);
export class ProviderHandler {
    constructor(actors){
        this.actors = actors;
    }
    execute({ id, command, context }) {
        return this.actors.execute(providerAggregate, providerStream(id), command, context);
    }
}
ProviderHandler = _ts_decorate([
    CommandHandler(ProviderMessage),
    _ts_param(0, Inject(Actors)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Actors === "undefined" ? Object : Actors
    ])
], ProviderHandler);
export class ConflictHandler {
    constructor(actors){
        this.actors = actors;
    }
    execute({ id, command, context }) {
        return this.actors.execute(conflictAggregate, conflictStream(id), command, context);
    }
}
ConflictHandler = _ts_decorate([
    CommandHandler(ConflictMessage),
    _ts_param(0, Inject(Actors)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Actors === "undefined" ? Object : Actors
    ])
], ConflictHandler);
export class ParkingHandler {
    constructor(actors){
        this.actors = actors;
    }
    execute({ id, command, context }) {
        return this.actors.execute(parkingAggregate, parkingStream(id), command, context);
    }
}
ParkingHandler = _ts_decorate([
    CommandHandler(ParkingMessage),
    _ts_param(0, Inject(Actors)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Actors === "undefined" ? Object : Actors
    ])
], ParkingHandler);
export class WebhookHandler {
    constructor(actors){
        this.actors = actors;
    }
    execute({ id, command, context }) {
        return this.actors.execute(webhookAggregate, webhookStream(id), command, context);
    }
}
WebhookHandler = _ts_decorate([
    CommandHandler(WebhookMessage),
    _ts_param(0, Inject(Actors)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Actors === "undefined" ? Object : Actors
    ])
], WebhookHandler);
export const commandHandlers = [
    CreateScheduleHandler,
    CreateSchedulesHandler,
    ScheduleHandler,
    ConnectionHandler,
    ProviderHandler,
    ConflictHandler,
    ParkingHandler,
    WebhookHandler
];

//# sourceMappingURL=handlers.js.map