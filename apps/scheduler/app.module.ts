import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Actors } from '#lib/application/actors';
import { commandHandlers } from '#lib/application/commands';
import { ScheduleCreation } from '#lib/application/creation';
import { Engine } from '#lib/wiring';
import { BulkChangeApi } from './api/bulk-changes.js';
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
import { BulkChangesController } from './http/bulk-changes.controller.js';
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
import { TenantsController } from './http/tenants.controller.js';
import { UploadsController } from './http/uploads.controller.js';
import { WebhooksController } from './http/webhooks.controller.js';
import { SystemController } from './http/system.controller.js';

/** HTTP in front, the command bus behind it, and the engine under both. */
@Module({})
export class AppModule {
  static with(engine: Engine): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        SystemController,
        DashboardController,
        SchedulesController,
        ScheduleActionsController,
        BulkChangesController,
        RunsController,
        ProvidersController,
        ConnectionsController,
        ConflictsController,
        ParkedController,
        RecordsController,
        ReportsController,
        SubscriptionsController,
        TenantsController,
        UploadsController,
        WebhooksController,
        NatsCommandsController,
      ],
      providers: [
        { provide: Engine, useValue: engine },
        { provide: Actors, useValue: engine.actors },
        { provide: ScheduleCreation, useValue: engine.creation },
        ...commandHandlers,
        ScheduleApi,
        ScheduleBatchApi,
        ScheduleActionsApi,
        BulkChangeApi,
        RunApi,
        ImportApi,
        WebhookApi,
        ConnectionApi,
        ConflictApi,
        ScheduleOperations,
        ConnectionOperations,
        NatsOperations,
      ],
    };
  }
}
