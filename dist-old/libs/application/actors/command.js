/** An outage, as against a rejection: thrown, worth trying again. */ export class CommandOutage extends Error {
    constructor(code, message, options){
        super(message, options), this.code = code, this.name = 'CommandOutage';
    }
}
export const isCommandOutage = (error)=>error instanceof Error && error.name === 'CommandOutage';

//# sourceMappingURL=command.js.map