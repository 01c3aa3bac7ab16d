import type { Need } from '#lib/contracts/api';
import { routes, type Route } from './routes.js';

/** A path of the description as the router has it: `{id}` is `:id` there, and a colon that is meant is doubled. */
const pattern = (path: string): string => path.replaceAll(':', '::').replaceAll(/\{(\w+)\}/g, ':$1');

/** What a key must be allowed for a route. */
export const needOfRoute = ({ method, needs }: Route): Need => needs ?? (method === 'get' ? 'read' : 'write');

const needs = new Map(routes.map((route) => [`${route.method} ${pattern(route.path)}`, needOfRoute(route)]));

/** What a request must be allowed, by its method and the router's pattern; of one that is not described, everything. */
export function needOf(method: string, matched: string | undefined): Need {
  const known = method === 'HEAD' ? 'get' : method.toLowerCase();
  return needs.get(`${known} ${matched ?? ''}`) ?? 'operate';
}
