import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll } from '@jest/globals';
import { startNats } from '../../../../scripts/nats-server.mjs';
/** A server of its own for the tests of a file, and a connection to it that is there before the first of them. */ export function natsServer() {
    let server;
    let nc;
    beforeAll(async ()=>{
        server = await startNats();
        nc = await connect({
            servers: server.url
        });
    });
    afterAll(async ()=>{
        await nc.close();
        await server.stop();
        server.remove();
    });
    return {
        get nc () {
            return nc;
        }
    };
}

//# sourceMappingURL=nats-server.js.map