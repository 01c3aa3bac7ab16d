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
function _ts_param(paramIndex, decorator) {
    return function(target, key) {
        decorator(target, key, paramIndex);
    };
}
import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { DashboardFiles } from './dashboard-files.js';
/** Its own scripts and styles, this service, and nothing else; and no text of anybody's becomes markup. */ const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'"
].join('; ');
const YEAR_SECONDS = 31_536_000;
export class DashboardController {
    #files;
    /** Programs that ask for nothing in particular are told what they always were: that there is nothing here. */ page(request, reply) {
        reply.header('vary', 'accept');
        const { index } = this.#files;
        if (index === undefined || !/\btext\/html\b/.test(request.headers.accept ?? '')) throw new NotFoundException();
        reply.headers({
            'content-security-policy': policy,
            'cache-control': 'no-cache',
            'cross-origin-opener-policy': 'same-origin'
        });
        reply.type(index.type);
        return index.content;
    }
    /** Their names change with their content. */ asset(name, reply) {
        const file = this.#files.asset(name);
        if (file === undefined) throw new NotFoundException();
        reply.headers({
            'cache-control': `public, max-age=${YEAR_SECONDS}, immutable`
        });
        reply.type(file.type);
        return file.content;
    }
    constructor(){
        this.#files = new DashboardFiles();
    }
}
_ts_decorate([
    Get(),
    _ts_param(0, Req()),
    _ts_param(1, Res({
        passthrough: true
    })),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest,
        typeof FastifyReply === "undefined" ? Object : FastifyReply
    ]),
    _ts_metadata("design:returntype", typeof Buffer === "undefined" ? Object : Buffer)
], DashboardController.prototype, "page", null);
_ts_decorate([
    Get('assets/:file'),
    _ts_param(0, Param('file')),
    _ts_param(1, Res({
        passthrough: true
    })),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        String,
        typeof FastifyReply === "undefined" ? Object : FastifyReply
    ]),
    _ts_metadata("design:returntype", typeof Buffer === "undefined" ? Object : Buffer)
], DashboardController.prototype, "asset", null);
DashboardController = _ts_decorate([
    Controller()
], DashboardController);

//# sourceMappingURL=dashboard.controller.js.map