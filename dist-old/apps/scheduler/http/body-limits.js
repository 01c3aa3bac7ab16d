import { batchLimits, bodyLimits } from '#lib/contracts/api';
/** Routes whose bodies may be larger than others'. */ const larger = new Map([
    [
        '/v1/schedules/batch',
        batchLimits
    ]
]);
/** Of the route that a request was sent to. */ export const limitsOf = (request)=>larger.get(request.routeOptions.url) ?? bodyLimits;
/** Before the routes are made: lets those read more. */ export function limitBodies(fastify) {
    fastify.addHook('onRoute', (route)=>{
        const limits = larger.get(route.url);
        if (limits !== undefined) route.bodyLimit = limits.bytes;
    });
}

//# sourceMappingURL=body-limits.js.map