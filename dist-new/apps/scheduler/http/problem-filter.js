function _ts_decorate(decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") {
        r = Reflect.decorate(decorators, target, key, desc);
    } else {
        for(var i = decorators.length - 1; i >= 0; i--){
            if (d = decorators[i]) {
                r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
            }
        }
    }
    return c > 3 && r && Object.defineProperty(target, key, r), r;
}
function _ts_metadata(metadataKey, metadataValue) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") {
        return Reflect.metadata(metadataKey, metadataValue);
    }
}
import { Catch, HttpException } from '@nestjs/common';
import { limitsOf } from './body-limits.js';
import { fileRoute, fileTypes } from './uploads.controller.js';
import { internal, problem, problemOf } from '../api/problem.js';
/** What Fastify and Nest refuse before we see it, said in our words. */ const byStatus = {
    415: {
        code: 'unsupported_media_type',
        detail: 'send the body as application/json'
    }
};
export class ProblemFilter {
    constructor(environment, log){
        this.environment = environment;
        this.log = log;
    }
    catch(error, host) {
        const http = host.switchToHttp();
        const request = http.getRequest();
        const reply = http.getResponse();
        const { problem: body, headers } = this.#asProblem(error, request);
        if (reply.sent || reply.raw.headersSent) return;
        void reply.status(body.status).headers({
            'cache-control': 'no-store',
            ...headers
        }).type('application/problem+json').send(JSON.stringify({
            ...body,
            instance: request.url.slice(0, 500)
        }));
    }
    #asProblem(error, request) {
        const known = problemOf(error);
        if (known !== undefined) return known;
        const refused = asRefusal(error, request);
        if (refused !== undefined) return {
            problem: refused,
            headers: {}
        };
        const id = this.environment.ids.next();
        this.log(`request ${request.method} ${request.url.slice(0, 200)} failed, error ${id}`, error);
        return {
            problem: internal(id),
            headers: {}
        };
    }
}
ProblemFilter = _ts_decorate([
    Catch(),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Environment === "undefined" ? Object : Environment,
        Function
    ])
], ProblemFilter);
function asRefusal(error, request) {
    const status = error instanceof HttpException ? error.getStatus() : error.statusCode;
    if (status === undefined || status < 400 || status >= 500) return undefined;
    if (status === 413) {
        const kib = limitsOf(request).bytes / 1024;
        return problem(413, 'body_too_large', `the body is larger than ${kib} KiB`);
    }
    if (status === 415 && request.routeOptions.url === fileRoute) return problem(415, 'unsupported_media_type', `send the file as ${fileTypes.join(', ')}`);
    const known = byStatus[status];
    if (known !== undefined) return problem(status, known.code, known.detail);
    if (status === 404) return problem(404, 'no_such_route', `there is no ${request.method} ${request.url.split('?')[0]?.slice(0, 200) ?? ''}; see /v1/openapi.json`);
    return problem(status, 'refused', error.message.slice(0, 300));
}

//# sourceMappingURL=problem-filter.js.map