/**
 * What a connector throws when an attempt cannot go on. The message is shown to people and stored in events: it never
 * holds a secret, and it carries no `cause`, because causes from HTTP libraries hold headers.
 */ export class ConnectorError extends Error {
    constructor(errorClass, message, details = {}){
        super(message), this.name = 'ConnectorError';
        this.class = errorClass;
        this.retryAfterMs = details.retryAfterMs;
        this.code = details.code;
    }
}
/** By name, not by `instanceof`: a connector may come from another copy of this package. */ export const isConnectorError = (error, errorClass)=>error instanceof Error && error.name === 'ConnectorError' && (errorClass === undefined || error.class === errorClass);

//# sourceMappingURL=connector-error.js.map