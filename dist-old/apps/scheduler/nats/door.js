import { Transport } from '@nestjs/microservices';
import { connectionOptions } from '#lib/messaging/nats';
import { COMMANDS_LEASE } from '#lib/contracts/messages';
import { LeasedRunner } from '#lib/wiring';
import { NatsOperations } from './operations.js';
import { PlainReplies, PlainRequests } from './plain-json.js';
import { SubmittedCommands } from './submitted-commands.js';
/** Nodes share the requests. */ const QUEUE = 'schedulers';
/** Opens the service to commands over NATS. Undefined where there is no NATS. */ export async function openNatsDoor(app, engine) {
    const { nats, node, allowPlainText } = engine.configuration;
    if (nats === undefined || engine.messaging.nats === undefined) return undefined;
    app.connectMicroservice({
        transport: Transport.NATS,
        options: {
            ...connectionOptions({
                ...nats,
                allowPlainText,
                role: 'scheduler',
                name: node
            }),
            queue: QUEUE,
            gracefulShutdown: true,
            gracePeriod: 200,
            deserializer: new PlainRequests(),
            serializer: new PlainReplies()
        }
    });
    await app.startAllMicroservices();
    const { nats: shared, leases } = engine.messaging;
    const create = ()=>new SubmittedCommands(engine, app.get(NatsOperations), shared);
    const submitted = new LeasedRunner(leases, COMMANDS_LEASE, create, engine.trouble);
    submitted.start();
    return {
        close: ()=>submitted.stop()
    };
}

//# sourceMappingURL=door.js.map