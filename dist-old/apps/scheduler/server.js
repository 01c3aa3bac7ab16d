import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { bodyLimits, structureProblem } from '#lib/contracts/api';
import { AppModule } from './app.module.js';
import { ARRIVES_WITHIN, limitArrival } from './http/arrival.js';
import { ApiKeyGuard } from './http/authentication.js';
import { limitBodies, limitsOf } from './http/body-limits.js';
import { endConnections } from './http/closing.js';
import { openNatsDoor } from './nats/door.js';
import { KeyRing, tellKeys } from './http/key-ring.js';
import { needOf } from './http/needs.js';
import { strictHeaders } from './http/strict-headers.js';
import { refuseAddress, refuseUnreadable } from './http/unreadable-request.js';
import { fileRoute, fileTypes } from './http/uploads.controller.js';
import { ProblemFilter } from './http/problem-filter.js';
import { problem, ProblemException } from './api/problem.js';
/** Listens; port 0 takes a free one. */ export async function startServer(engine, log) {
    const { host, port, apiKeys, apiKeysFile } = engine.configuration;
    const { clock } = engine.environment;
    const ring = new KeyRing({
        keys: apiKeys,
        file: apiKeysFile,
        clock,
        log
    });
    tellKeys(engine.telemetry, ring);
    const adapter = new FastifyAdapter({
        bodyLimit: bodyLimits.bytes,
        // Of the headers; what bodies may take is in limitArrival.
        requestTimeout: 0,
        http: {
            headersTimeout: ARRIVES_WITHIN
        },
        forceCloseConnections: 'idle',
        routerOptions: {
            maxParamLength: 300
        },
        clientErrorHandler: refuseUnreadable,
        frameworkErrors: refuseAddress
    });
    const app = await NestFactory.create(AppModule.with(engine), adapter, {
        logger: false,
        bodyParser: false
    });
    const beginClosing = endConnections(adapter.getInstance(), engine.environment.timers);
    limitBodies(adapter.getInstance());
    limitArrival(adapter.getInstance(), engine.environment.timers, fileTypes);
    readJson(adapter);
    streamFiles(adapter);
    secure(adapter);
    app.useGlobalFilters(new ProblemFilter(engine.environment, (message, error)=>log('error', message, {
            error
        })));
    app.useGlobalGuards(new ApiKeyGuard(ring, needOf, ()=>clock.now()));
    await app.listen(port, host);
    const door = await openNatsDoor(app, engine);
    return {
        url: (await app.getUrl()).replace('[::1]', '127.0.0.1'),
        app,
        close: async ()=>{
            await door?.close();
            const closed = beginClosing();
            await app.close();
            closed();
        }
    };
}
/** JSON only, nothing deeper than a few levels, no keys that reach a prototype. An empty body is no body. */ function readJson(adapter) {
    const fastify = adapter.getInstance();
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('application/json', {
        parseAs: 'string'
    }, (request, body, done)=>{
        const text = typeof body === 'string' ? body : body.toString('utf8');
        if (text.trim() === '') return done(null, undefined);
        try {
            const value = JSON.parse(text);
            const wrong = structureProblem(value, limitsOf(request).values);
            return wrong === undefined ? done(null, value) : done(new ProblemException(problem(422, 'invalid_body', wrong)));
        } catch (error) {
            return done(new ProblemException(problem(400, 'invalid_json', `the body is not valid JSON: ${error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read'}`)));
        }
    });
}
/** Files are handed on as they come, whatever their size: who takes them bounds them, and nobody else takes any. */ function streamFiles(adapter) {
    adapter.getInstance().addContentTypeParser([
        ...fileTypes
    ], (request, payload, done)=>request.is404 || request.routeOptions.url === fileRoute ? done(null, payload) : done(noFile));
}
/** What of it is still on its way is not waited for. */ const noFile = new ProblemException(problem(415, 'unsupported_media_type', 'send the body as application/json'), {
    connection: 'close'
});
function secure(adapter) {
    adapter.getInstance().addHook('onRequest', (_request, reply, done)=>{
        reply.headers(strictHeaders);
        done();
    });
}

//# sourceMappingURL=server.js.map