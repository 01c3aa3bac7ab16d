import type { FastifyInstance, FastifyRequest } from 'fastify';
import { batchLimits, bodyLimits, type BodyLimits } from '#lib/contracts/api';

/** Routes whose bodies may be larger than others'. */
const larger: ReadonlyMap<string | undefined, BodyLimits> = new Map([['/v1/schedules/batch', batchLimits]]);

/** Of the route that a request was sent to. */
export const limitsOf = (request: FastifyRequest): BodyLimits =>
  larger.get(request.routeOptions.url) ?? bodyLimits;

/** Before the routes are made: lets those read more. */
export function limitBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    const limits = larger.get(route.url);
    if (limits !== undefined) route.bodyLimit = limits.bytes;
  });
}
