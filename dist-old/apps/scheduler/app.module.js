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
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Actors } from '#lib/application/actors';
import { commandHandlers } from '#lib/application/commands';
import { ScheduleCreation } from '#lib/application/creation';
import { Engine } from '#lib/wiring';
import { ConflictApi } from './api/conflicts.js';
import { ConnectionApi } from './api/connections.js';
import { ImportApi } from './api/imports.js';
import { RunApi } from './api/runs.js';
import { ScheduleActionsApi } from './api/schedule-actions.js';
import { ScheduleBatchApi } from './api/schedule-batch.js';
import { ScheduleApi } from './api/schedules.js';
import { WebhookApi } from './api/webhooks.js';
import { NatsCommandsController } from './nats/commands.controller.js';
import { ConnectionOperations } from './nats/connection-operations.js';
import { NatsOperations } from './nats/operations.js';
import { ScheduleOperations } from './nats/schedule-operations.js';
import { ConflictsController } from './http/conflicts.controller.js';
import { ParkedController } from './http/parked.controller.js';
import { DashboardController } from './http/dashboard.controller.js';
import { ConnectionsController } from './http/connections.controller.js';
import { ProvidersController } from './http/providers.controller.js';
import { RecordsController } from './http/records.controller.js';
import { ReportsController } from './http/reports.controller.js';
import { RunsController } from './http/runs.controller.js';
import { ScheduleActionsController } from './http/schedule-actions.controller.js';
import { SchedulesController } from './http/schedules.controller.js';
import { SubscriptionsController } from './http/subscriptions.controller.js';
import { UploadsController } from './http/uploads.controller.js';
import { WebhooksController } from './http/webhooks.controller.js';
import { SystemController } from './http/system.controller.js';
export class AppModule {
    static with(engine) {
        return {
            module: AppModule,
            imports: [
                CqrsModule.forRoot()
            ],
            controllers: [
                SystemController,
                DashboardController,
                SchedulesController,
                ScheduleActionsController,
                RunsController,
                ProvidersController,
                ConnectionsController,
                ConflictsController,
                ParkedController,
                RecordsController,
                ReportsController,
                SubscriptionsController,
                UploadsController,
                WebhooksController,
                NatsCommandsController
            ],
            providers: [
                {
                    provide: Engine,
                    useValue: engine
                },
                {
                    provide: Actors,
                    useValue: engine.actors
                },
                {
                    provide: ScheduleCreation,
                    useValue: engine.creation
                },
                ...commandHandlers,
                ScheduleApi,
                ScheduleBatchApi,
                ScheduleActionsApi,
                RunApi,
                ImportApi,
                WebhookApi,
                ConnectionApi,
                ConflictApi,
                ScheduleOperations,
                ConnectionOperations,
                NatsOperations
            ]
        };
    }
}
AppModule = _ts_decorate([
    Module({})
], AppModule);

//# sourceMappingURL=app.module.js.map