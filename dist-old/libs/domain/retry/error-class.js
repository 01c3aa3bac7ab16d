/**
 * What can go wrong with an attempt, by what is to be done about it. `retry`: may be tried again within the run;
 * `counts`: towards the circuit breaker of the provider.
 */ export const errorClasses = {
    /** 5xx, timeout, connection reset, DNS. */ TRANSIENT: {
        retry: true,
        counts: true
    },
    /** 429 with a time: the provider's bucket waits, the run is snoozed. */ RATE_LIMITED: {
        retry: true,
        counts: false
    },
    /** Daily or credit limit: next try after a long delay. */ QUOTA_EXHAUSTED: {
        retry: true,
        counts: false
    },
    /** The access token is old: connectors refresh and try again themselves; seen here it is a plain failure. */ AUTH_EXPIRED: {
        retry: true,
        counts: false
    },
    /** Refresh token or key refused, consent ended: the connection is suspended, its user must reconnect. */ AUTH_REVOKED: {
        retry: false,
        counts: false
    },
    /** Scope or allow-list missing: the connection is suspended. */ PERMISSION: {
        retry: false,
        counts: false
    },
    /** The provider refuses our app: the provider is paused, the operator must act. */ APP_BLOCKED: {
        retry: false,
        counts: true
    },
    /** Bad setting or bad file. */ CONFIG: {
        retry: false,
        counts: false
    },
    /** The provider's format changed: old data is kept. */ SCHEMA_DRIFT: {
        retry: false,
        counts: false
    },
    /** An export or a query is still being made. */ DATA_NOT_READY: {
        retry: true,
        counts: false
    },
    /** The cursor is too old: the next attempt is a full one. */ CURSOR_INVALID: {
        retry: true,
        counts: false
    },
    /** Its executor was stopped, or not heard of any more: that says nothing of the provider, nor of the work. */ INTERRUPTED: {
        retry: true,
        counts: false
    },
    /** Stopped on request. */ CANCELLED: {
        retry: false,
        counts: false
    },
    /** A defect: ours or the engine's. The provider has nothing to do with it. */ INTERNAL: {
        retry: true,
        counts: false
    }
};
export const isErrorClass = (value)=>typeof value === 'string' && Object.hasOwn(errorClasses, value);

//# sourceMappingURL=error-class.js.map