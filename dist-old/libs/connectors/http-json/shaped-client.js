import { Agent } from 'undici';
import { HttpClient } from '../kit/index.js';
/** The operator's settings behind a client: whether loopback is allowed, and the times it may take. */ export const optionsOf = (http)=>http['pool'].options;
/** The kit's client with the same limits, times, error table and redaction, whose requests have another shape. */ export function shapedClient(http, shape, around = {}) {
    const { agent = http['agent'], manifest = http['manifest'], hosts = http['hosts'] } = around;
    return new HttpClient(http['pool'], new ShapedAgent(agent, shape), manifest, hosts);
}
/** Owns no socket: it rewrites a request and passes it on, so nothing has to be closed. */ let ShapedAgent = class ShapedAgent extends Agent {
    constructor(inner, shape){
        super(), this.inner = inner, this.shape = shape;
    }
    dispatch(options, handler) {
        const { json, headers, target } = this.shape;
        const type = json === undefined ? {} : {
            'content-type': 'application/json'
        };
        return this.inner.dispatch({
            ...options,
            ...target === undefined ? {} : {
                path: target
            },
            ...json === undefined ? {} : {
                body: JSON.stringify(json)
            },
            // The kit always hands over a plain object of headers.
            headers: {
                ...options.headers,
                ...headers,
                ...type
            }
        }, handler);
    }
};

//# sourceMappingURL=shaped-client.js.map