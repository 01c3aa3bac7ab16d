import { Inject, Injectable } from '@nestjs/common';
import { ConflictApi } from '../api/conflicts.js';
import { ConnectionApi } from '../api/connections.js';
import { command, query, type Operations } from './operation.js';

/** What is asked of connections, and of what is wrong between schedules. */
@Injectable()
export class ConnectionOperations {
  readonly all: Operations;

  constructor(
    @Inject(ConnectionApi) connections: ConnectionApi,
    @Inject(ConflictApi) conflicts: ConflictApi,
  ) {
    this.all = {
      'connections.register': command((call) => connections.registerOpenly(call)),
      'connections.suspend': command((call) => connections.suspend(call)),
      'connections.restore': command((call) => connections.restore(call)),
      'connections.remove': command((call) => connections.remove(call)),
      'connections.get': query((call) => connections.get(call)),
      'connections.events': query((call) => connections.events(call)),
      'connections.list': query((call) => connections.list(call)),
      'conflicts.acknowledge': command((call) => conflicts.acknowledge(call)),
      'conflicts.resolve': command((call) => conflicts.resolve(call)),
      'conflicts.get': query((call) => conflicts.get(call)),
      'conflicts.list': query((call) => conflicts.list(call)),
    };
  }
}
