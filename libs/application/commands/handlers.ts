import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  Actors,
  conflictAggregate,
  connectionAggregate,
  parkingAggregate,
  providerAggregate,
  scheduleAggregate,
  tenantAggregate,
  webhookAggregate,
  type CommandAnswer,
} from '#lib/application/actors';
import { ScheduleCreation, type CreationAnswer } from '#lib/application/creation';
import {
  conflictStream,
  connectionStream,
  parkingStream,
  providerStream,
  scheduleStream,
  tenantStream,
  webhookStream,
} from '#lib/contracts/streams';
import type { ConnectionState } from '#lib/domain/connection';
import type { ConflictState } from '#lib/domain/conflict';
import type { ParkingState } from '#lib/domain/parking';
import type { ProviderState } from '#lib/domain/provider';
import type { ScheduleState } from '#lib/domain/schedule';
import type { TenantState } from '#lib/domain/tenant';
import type { WebhookState } from '#lib/domain/webhook';
import {
  ConflictMessage,
  ConnectionMessage,
  CreateScheduleMessage,
  CreateSchedulesMessage,
  ParkingMessage,
  ProviderMessage,
  ScheduleMessage,
  TenantMessage,
  WebhookMessage,
} from './messages.js';

/** From the bus to the actor, and nothing else: the actor decides. */

@CommandHandler(CreateScheduleMessage)
export class CreateScheduleHandler implements ICommandHandler<CreateScheduleMessage> {
  constructor(@Inject(ScheduleCreation) private readonly creation: ScheduleCreation) {}
  execute({ id, definition, context }: CreateScheduleMessage): Promise<CommandAnswer<ScheduleState>> {
    return this.creation.create(id, definition, context);
  }
}

@CommandHandler(CreateSchedulesMessage)
export class CreateSchedulesHandler implements ICommandHandler<CreateSchedulesMessage> {
  constructor(@Inject(ScheduleCreation) private readonly creation: ScheduleCreation) {}
  execute({ items, context }: CreateSchedulesMessage): Promise<readonly CreationAnswer[]> {
    return this.creation.createMany(items, context);
  }
}

@CommandHandler(ScheduleMessage)
export class ScheduleHandler implements ICommandHandler<ScheduleMessage> {
  constructor(@Inject(Actors) private readonly actors: Actors) {}
  execute({ id, command, context }: ScheduleMessage): Promise<CommandAnswer<ScheduleState>> {
    return this.actors.execute(scheduleAggregate, scheduleStream(id), command, context);
  }
}

@CommandHandler(ConnectionMessage)
export class ConnectionHandler implements ICommandHandler<ConnectionMessage> {
  constructor(@Inject(Actors) private readonly actors: Actors) {}
  execute({ id, command, context }: ConnectionMessage): Promise<CommandAnswer<ConnectionState>> {
    return this.actors.execute(connectionAggregate, connectionStream(context.tenant, id), command, context);
  }
}

@CommandHandler(ProviderMessage)
export class ProviderHandler implements ICommandHandler<ProviderMessage> {
  constructor(@Inject(Actors) private readonly actors: Actors) {}
  execute({ id, command, context }: ProviderMessage): Promise<CommandAnswer<ProviderState>> {
    return this.actors.execute(providerAggregate, providerStream(id), command, context);
  }
}

@CommandHandler(ConflictMessage)
export class ConflictHandler implements ICommandHandler<ConflictMessage> {
  constructor(@Inject(Actors) private readonly actors: Actors) {}
  execute({ id, command, context }: ConflictMessage): Promise<CommandAnswer<ConflictState>> {
    return this.actors.execute(conflictAggregate, conflictStream(id), command, context);
  }
}

@CommandHandler(ParkingMessage)
export class ParkingHandler implements ICommandHandler<ParkingMessage> {
  constructor(@Inject(Actors) private readonly actors: Actors) {}
  execute({ id, command, context }: ParkingMessage): Promise<CommandAnswer<ParkingState>> {
    return this.actors.execute(parkingAggregate, parkingStream(id), command, context);
  }
}

@CommandHandler(WebhookMessage)
export class WebhookHandler implements ICommandHandler<WebhookMessage> {
  constructor(@Inject(Actors) private readonly actors: Actors) {}
  execute({ id, command, context }: WebhookMessage): Promise<CommandAnswer<WebhookState>> {
    return this.actors.execute(webhookAggregate, webhookStream(id), command, context);
  }
}

@CommandHandler(TenantMessage)
export class TenantHandler implements ICommandHandler<TenantMessage> {
  constructor(@Inject(Actors) private readonly actors: Actors) {}
  execute({ id, command, context }: TenantMessage): Promise<CommandAnswer<TenantState>> {
    return this.actors.execute(tenantAggregate, tenantStream(id), command, context);
  }
}

export const commandHandlers = [
  CreateScheduleHandler,
  CreateSchedulesHandler,
  ScheduleHandler,
  ConnectionHandler,
  ProviderHandler,
  ConflictHandler,
  ParkingHandler,
  WebhookHandler,
  TenantHandler,
];
