import { createServer } from 'node:http';
import { ConfigurationError } from './config.js';
/** Numbers and words of ours, in answer to questions without a body. */ const limits = {
    headersTimeout: 5_000,
    requestTimeout: 5_000,
    keepAliveTimeout: 5_000,
    maxHeaderSize: 8_192
};
const json = 'application/json; charset=utf-8';
/**
 * What a scheduler tells on its own port, of a process that has none: `/healthz`, `/readyz`, `/metrics`. To whoever can reach
 * the port, without a key: none of it names a user. Undefined where no port is set.
 * @throws {ConfigurationError} the port is taken, or the address is not this machine's
 */ export async function openHealth({ configuration: { host, healthPort }, telemetry, readiness }) {
    if (healthPort === undefined) return undefined;
    const { registry } = telemetry;
    const answers = new Map([
        [
            '/healthz',
            async ()=>({
                    status: 200,
                    type: json,
                    body: JSON.stringify({
                        status: 'ok'
                    })
                })
        ],
        [
            '/readyz',
            async ()=>readyAnswer(await readiness())
        ],
        [
            '/metrics',
            async ()=>({
                    status: 200,
                    type: registry.contentType,
                    body: await registry.metrics()
                })
        ]
    ]);
    const server = createServer(limits, (request, response)=>{
        const { method = '', url = '' } = request;
        const answer = answers.get(url.split('?')[0] ?? '');
        if (answer === undefined) return send(response, refusal(404, 'ask for /healthz, /readyz or /metrics'));
        if (method !== 'GET' && method !== 'HEAD') return send(response, refusal(405, 'ask with GET'));
        answer().then((found)=>send(response, found), ()=>send(response, refusal(500, 'it cannot be told now')));
    });
    await new Promise((resolve, reject)=>{
        server.on('error', (error)=>reject(cannotListen(host, healthPort, error)));
        server.listen(healthPort, host, resolve);
    });
    const { address, family, port } = server.address();
    return {
        url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
        close: ()=>new Promise((resolve)=>{
                server.close(()=>resolve());
                server.closeAllConnections();
            })
    };
}
const cannotListen = (host, port, error)=>new ConfigurationError(`SYNCOPATE_HEALTH_PORT=${port} on SYNCOPATE_HOST=${host} cannot be listened on: ${error.message}`);
function readyAnswer(readiness) {
    if ('why' in readiness) return refusal(503, readiness.why);
    return {
        status: 200,
        type: json,
        body: JSON.stringify({
            status: 'ready',
            ...readiness
        })
    };
}
const refusal = (status, detail)=>({
        status,
        type: 'application/problem+json; charset=utf-8',
        body: JSON.stringify({
            status,
            detail
        })
    });
function send(response, { status, type, body }) {
    const again = status === 503 ? {
        'retry-after': '2'
    } : {};
    response.writeHead(status, {
        'content-type': type,
        'cache-control': 'no-store',
        ...again
    });
    response.end(response.req.method === 'HEAD' ? undefined : body);
}

//# sourceMappingURL=health-server.js.map