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
import { Controller, HttpCode, Inject, Param, Put, Req, Res } from '@nestjs/common';
import { Engine } from '#lib/wiring';
import { callContext } from '../api/call.js';
import { ImportApi } from '../api/imports.js';
import { problem, ProblemException } from '../api/problem.js';
import { callerOf } from './authentication.js';
/** What a file may be sent as. JSON goes as `application/octet-stream`: `application/json` is a body to be parsed. */ export const fileTypes = [
    'application/zip',
    'text/csv',
    'application/octet-stream'
];
/** As the router knows it. */ export const fileRoute = '/v1/connections/:id/file';
export class UploadsController {
    constructor(engine, imports){
        this.engine = engine;
        this.imports = imports;
    }
    /** The export of a connection, as it was downloaded: streamed to disk, then imported. */ async upload(id, request, reply) {
        const content = request.body;
        if (content === undefined || content === null || typeof content.pipe !== 'function') {
            const detail = `send the file itself, as ${fileTypes.join(', ')}`;
            throw new ProblemException(problem(415, 'unsupported_media_type', detail));
        }
        const target = `PUT ${request.url}`;
        const context = callContext(this.engine, callerOf(request), {
            key: undefined,
            target,
            body: undefined
        });
        try {
            return (await this.imports.take(id, context, content)).body;
        } catch (error) {
            // What is still on its way is nobody's request: the connection ends with the answer.
            reply.header('connection', 'close');
            throw error;
        }
    }
}
_ts_decorate([
    Put(),
    HttpCode(202),
    _ts_param(0, Param('id')),
    _ts_param(1, Req()),
    _ts_param(2, Res({
        passthrough: true
    })),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        String,
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest,
        typeof FastifyReply === "undefined" ? Object : FastifyReply
    ]),
    _ts_metadata("design:returntype", Promise)
], UploadsController.prototype, "upload", null);
UploadsController = _ts_decorate([
    Controller(fileRoute),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(ImportApi)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof ImportApi === "undefined" ? Object : ImportApi
    ])
], UploadsController);

//# sourceMappingURL=uploads.controller.js.map