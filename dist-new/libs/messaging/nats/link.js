import { AuthorizationError, PermissionViolationError, UserAuthenticationExpiredError } from '@nats-io/transport-node';
/** Different errors of a server told of before it is connected to again. */ const TOLD = 100;
/**
 * Whether a connection stands. The client reconnects for ever and says nothing; here it is said once each: that it was lost, why
 * the server does not let it in again, what the server forbids, and that it is back.
 */ export class NatsLink {
    #told;
    /** Monotonic instant. */ #lostAt;
    #refused;
    constructor(options){
        this.options = options;
        this.#told = new Set();
        this.#refused = false;
        void this.#follow();
    }
    get connected() {
        return this.#lostAt === undefined && !this.options.nc.isClosed();
    }
    /** Since it was lost; 0 while it stands. */ get awayMs() {
        return this.#lostAt === undefined ? 0 : this.options.clock.monotonic() - this.#lostAt;
    }
    /** The server is there, and does not let this process in. */ get refused() {
        return this.#refused;
    }
    async #follow() {
        for await (const status of this.options.nc.status())this.#see(status);
        const error = await this.options.nc.closed();
        if (!(error instanceof Error)) return;
        this.#lostAt ??= this.options.clock.monotonic();
        this.options.tell('warn', `NATS: the connection has ended for good: ${error.message}`);
    }
    #see(status) {
        const { clock, tell } = this.options;
        if (status.type === 'error') return this.#error(status.error);
        if (status.type === 'disconnect' && this.#lostAt === undefined) {
            this.#lostAt = clock.monotonic();
            tell('warn', `NATS: the connection to ${status.server} was lost, and is tried again until it stands (SYNCOPATE_NATS_URL)`);
        }
        if (status.type === 'reconnect') {
            const seconds = (this.awayMs / 1_000).toFixed(1);
            this.#lostAt = undefined;
            this.#refused = false;
            this.#told.clear();
            tell('info', `NATS: connected to ${status.server} again after ${seconds} s`);
        }
    }
    #error(error) {
        const refused = error instanceof AuthorizationError || error instanceof UserAuthenticationExpiredError;
        this.#refused ||= refused;
        if (this.#told.has(error.message) || this.#told.size >= TOLD) return;
        this.#told.add(error.message);
        const server = this.options.nc.getServer();
        if (refused) this.options.tell('warn', `NATS at ${server} does not let this process in (${error.message}): see ${settingOf(this.options.way)}`);
        else if (error instanceof PermissionViolationError) this.options.tell('warn', `NATS at ${server} forbids what this process needs: ${error.message}; see the permissions of its user`);
        else this.options.tell('warn', `NATS at ${server} says: ${error.message}`);
    }
}
function settingOf({ credsFile, nkeySeedFile, token, user }) {
    if (credsFile !== undefined) return 'SYNCOPATE_NATS_CREDS_FILE';
    if (nkeySeedFile !== undefined) return 'SYNCOPATE_NATS_NKEY_SEED_FILE';
    if (token !== undefined) return 'SYNCOPATE_NATS_TOKEN';
    return user === undefined ? 'SYNCOPATE_NATS_USER and the other SYNCOPATE_NATS_… settings: none is set' : 'SYNCOPATE_NATS_USER and SYNCOPATE_NATS_PASSWORD';
}

//# sourceMappingURL=link.js.map