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
import { Inject, Injectable } from '@nestjs/common';
import { ConflictApi } from '../api/conflicts.js';
import { ConnectionApi } from '../api/connections.js';
import { command, query } from './operation.js';
export class ConnectionOperations {
    constructor(connections, conflicts){
        this.all = {
            'connections.register': command((call)=>connections.registerOpenly(call)),
            'connections.suspend': command((call)=>connections.suspend(call)),
            'connections.restore': command((call)=>connections.restore(call)),
            'connections.remove': command((call)=>connections.remove(call)),
            'connections.get': query((call)=>connections.get(call)),
            'connections.events': query((call)=>connections.events(call)),
            'connections.list': query((call)=>connections.list(call)),
            'conflicts.acknowledge': command((call)=>conflicts.acknowledge(call)),
            'conflicts.resolve': command((call)=>conflicts.resolve(call)),
            'conflicts.get': query((call)=>conflicts.get(call)),
            'conflicts.list': query((call)=>conflicts.list(call))
        };
    }
}
ConnectionOperations = _ts_decorate([
    Injectable(),
    _ts_param(0, Inject(ConnectionApi)),
    _ts_param(1, Inject(ConflictApi)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof ConnectionApi === "undefined" ? Object : ConnectionApi,
        typeof ConflictApi === "undefined" ? Object : ConflictApi
    ])
], ConnectionOperations);

//# sourceMappingURL=connection-operations.js.map