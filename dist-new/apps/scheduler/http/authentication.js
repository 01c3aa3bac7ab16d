import { may, rolesFor } from '#lib/contracts/api';
import { iso } from '#lib/domain/kernel';
import { problem, ProblemException } from '../api/problem.js';
import { isDashboardPath } from './dashboard-files.js';
import { foreignPage } from './web-pages.js';
/** Open without a key: what a load balancer asks, and the API's own description. */ const open = new Set([
    '/healthz',
    '/readyz',
    '/v1/openapi.json'
]);
export const isOpen = (path)=>open.has(path);
const callers = new WeakMap();
/** The caller that the guard let through. */ export const callerOf = (request)=>callers.get(request.raw) ?? {
        tenant: 'default',
        actor: 'api'
    };
/**
 * Bearer keys, each of a tenant and with a role. Without configured keys the service listens on loopback only, and
 * everybody there is let in but web pages of elsewhere.
 */ export class ApiKeyGuard {
    constructor(ring, needOf, now){
        this.ring = ring;
        this.needOf = needOf;
        this.now = now;
    }
    canActivate(context) {
        const request = context.switchToHttp().getRequest();
        const path = request.url.split('?')[0] ?? '';
        const asksNoKey = isOpen(path);
        if (this.ring.open) {
            const foreign = asksNoKey ? undefined : foreignPage(request.headers);
            if (foreign !== undefined) throw refusedPage(foreign);
            callers.set(request.raw, {
                tenant: 'default',
                actor: 'api'
            });
            return true;
        }
        if (asksNoKey || isDashboardPath(path)) return true;
        const key = this.#keyOf(request);
        const need = this.needOf(request.method, request.routeOptions.url);
        if (!may(key.role, need)) throw notPermitted(key, need);
        const { tenant, name } = key;
        callers.set(request.raw, {
            tenant,
            actor: `api:${name}`,
            stillHolds: ()=>this.#stillHolds(request, tenant, need)
        });
        return true;
    }
    /** The same key, for the same tenant and as much: its entry may have changed. */ #stillHolds(request, tenant, need) {
        try {
            const key = this.#keyOf(request);
            return key.tenant === tenant && may(key.role, need);
        } catch  {
            return false;
        }
    }
    #keyOf(request) {
        const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
        if (given === undefined) throw unauthenticated('send an API key: Authorization: Bearer <key>');
        const key = this.ring.find(given);
        if (key === undefined) throw unauthenticated('the API key is none that this service knows: send another', 'invalid_token');
        const { expiresAt: end } = key;
        if (end !== undefined && end <= this.now()) throw unauthenticated(`the API key "${key.name}" ended at ${iso(end)}: send another`, 'invalid_token');
        return key;
    }
}
/** Challenges as RFC 6750, section 3, has them. */ const unauthenticated = (told, error)=>new ProblemException(problem(401, 'not_authenticated', told), {
        'www-authenticate': error === undefined ? 'Bearer' : `Bearer error="${error}"`
    });
const notPermitted = ({ name, role }, need)=>new ProblemException(problem(403, 'not_permitted', `the role of the API key "${name}" is ${role}: this takes ${rolesFor(need).join(' or ')}`), {
        'www-authenticate': 'Bearer error="insufficient_scope"'
    });
const refusedPage = (told)=>new ProblemException(problem(403, 'foreign_web_page', `without API keys the service answers programs of this machine and pages served from it, not "${told}": ` + 'ask for 127.0.0.1 or localhost, or set SYNCOPATE_API_KEYS and send one of them'));

//# sourceMappingURL=authentication.js.map