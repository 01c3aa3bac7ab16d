import { Command } from '@nestjs/cqrs';
import type { Creation, CreationAnswer } from '#lib/application/creation';
import type { CommandAnswer, CommandContext, Unstamped } from '#lib/application/actors';
import type { ConnectionCommand, ConnectionState } from '#lib/domain/connection';
import type { ConflictCommand, ConflictState } from '#lib/domain/conflict';
import type { ParkingCommand, ParkingState } from '#lib/domain/parking';
import type { ProviderCommand, ProviderState } from '#lib/domain/provider';
import type { ScheduleCommand, ScheduleDefinition, ScheduleState } from '#lib/domain/schedule';
import type { TenantCommand, TenantState } from '#lib/domain/tenant';
import type { WebhookCommand, WebhookState } from '#lib/domain/webhook';

/** What goes over Nest's command bus: one class per aggregate, carrying the command union. */

export class CreateScheduleMessage extends Command<CommandAnswer<ScheduleState>> {
  constructor(
    readonly id: string,
    readonly definition: ScheduleDefinition,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class CreateSchedulesMessage extends Command<readonly CreationAnswer[]> {
  constructor(
    readonly items: readonly Creation[],
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class ScheduleMessage extends Command<CommandAnswer<ScheduleState>> {
  constructor(
    readonly id: string,
    readonly command: Exclude<Unstamped<ScheduleCommand>, { type: 'CreateSchedule' }>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class ConnectionMessage extends Command<CommandAnswer<ConnectionState>> {
  constructor(
    readonly id: string,
    readonly command: Unstamped<ConnectionCommand>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class ProviderMessage extends Command<CommandAnswer<ProviderState>> {
  constructor(
    readonly id: string,
    readonly command: Unstamped<ProviderCommand>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class ConflictMessage extends Command<CommandAnswer<ConflictState>> {
  constructor(
    readonly id: string,
    readonly command: Unstamped<ConflictCommand>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class ParkingMessage extends Command<CommandAnswer<ParkingState>> {
  constructor(
    readonly id: string,
    readonly command: Unstamped<ParkingCommand>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class WebhookMessage extends Command<CommandAnswer<WebhookState>> {
  constructor(
    readonly id: string,
    readonly command: Unstamped<WebhookCommand>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class TenantMessage extends Command<CommandAnswer<TenantState>> {
  constructor(
    readonly id: string,
    readonly command: Unstamped<TenantCommand>,
    readonly context: CommandContext,
  ) {
    super();
  }
}
