import { Inject, Injectable } from '@nestjs/common';
import { RunApi } from '../api/runs.js';
import { ScheduleActionsApi } from '../api/schedule-actions.js';
import { ScheduleBatchApi } from '../api/schedule-batch.js';
import { ScheduleApi } from '../api/schedules.js';
import { command, query, type Operations } from './operation.js';

/** What is asked of schedules and their runs. */
@Injectable()
export class ScheduleOperations {
  readonly all: Operations;

  constructor(
    @Inject(ScheduleApi) schedules: ScheduleApi,
    @Inject(ScheduleBatchApi) batches: ScheduleBatchApi,
    @Inject(ScheduleActionsApi) actions: ScheduleActionsApi,
    @Inject(RunApi) runs: RunApi,
  ) {
    this.all = {
      'schedules.create': command((call) => schedules.create(call)),
      'schedules.create-batch': command((call) => batches.create(call)),
      'schedules.update': command((call) => schedules.update(call)),
      'schedules.delete': command((call) => schedules.remove(call)),
      'schedules.pause': command((call) => actions.pause(call)),
      'schedules.resume': command((call) => actions.resume(call)),
      'schedules.skip-next': command((call) => actions.skipNext(call)),
      'schedules.trigger': command((call) => actions.trigger(call)),
      'schedules.backfill': command((call) => actions.backfill(call)),
      'schedules.validate': query((call) => schedules.validate(call)),
      'schedules.get': query((call) => schedules.get(call)),
      'schedules.as-of': query((call) => schedules.asOf(call)),
      'schedules.list': query((call) => schedules.list(call)),
      'schedules.occurrences': query((call) => schedules.occurrences(call)),
      'schedules.events': query((call) => schedules.events(call)),
      'runs.cancel': command((call) => runs.cancel(call)),
      'runs.redrive': command((call) => runs.redrive(call)),
      'runs.get': query((call) => runs.get(call)),
      'runs.list': query((call) => runs.list(call)),
    };
  }
}
