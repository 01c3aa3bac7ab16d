import { Command } from '@nestjs/cqrs';
/** What goes over Nest's command bus: one class per aggregate, carrying the command union. */ export class CreateScheduleMessage extends Command {
    constructor(id, definition, context){
        super(), this.id = id, this.definition = definition, this.context = context;
    }
}
export class CreateSchedulesMessage extends Command {
    constructor(items, context){
        super(), this.items = items, this.context = context;
    }
}
export class ScheduleMessage extends Command {
    constructor(id, command, context){
        super(), this.id = id, this.command = command, this.context = context;
    }
}
export class ConnectionMessage extends Command {
    constructor(id, command, context){
        super(), this.id = id, this.command = command, this.context = context;
    }
}
export class ProviderMessage extends Command {
    constructor(id, command, context){
        super(), this.id = id, this.command = command, this.context = context;
    }
}
export class ConflictMessage extends Command {
    constructor(id, command, context){
        super(), this.id = id, this.command = command, this.context = context;
    }
}
export class ParkingMessage extends Command {
    constructor(id, command, context){
        super(), this.id = id, this.command = command, this.context = context;
    }
}
export class WebhookMessage extends Command {
    constructor(id, command, context){
        super(), this.id = id, this.command = command, this.context = context;
    }
}

//# sourceMappingURL=messages.js.map