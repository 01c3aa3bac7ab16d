import { routes } from './routes.js';
/** A path of the description as the router has it: `{id}` is `:id` there, and a colon that is meant is doubled. */ const pattern = (path)=>path.replaceAll(':', '::').replaceAll(/\{(\w+)\}/g, ':$1');
/** What a key must be allowed for a route. */ export const needOfRoute = ({ method, needs })=>needs ?? (method === 'get' ? 'read' : 'write');
const needs = new Map(routes.map((route)=>[
        `${route.method} ${pattern(route.path)}`,
        needOfRoute(route)
    ]));
/** What a request must be allowed, by its method and the router's pattern; of one that is not described, everything. */ export function needOf(method, matched) {
    const known = method === 'HEAD' ? 'get' : method.toLowerCase();
    return needs.get(`${known} ${matched ?? ''}`) ?? 'operate';
}

//# sourceMappingURL=needs.js.map