import { Inject, Injectable } from '@nestjs/common';
import { BulkChangeApi } from '../api/bulk-changes.js';
import { RunApi } from '../api/runs.js';
import { ScheduleActionsApi } from '../api/schedule-actions.js';
import { ScheduleBatchApi } from '../api/schedule-batch.js';
import { ScheduleApi } from '../api/schedules.js';
import { asked, command, query, type Operations } from './operation.js';

/** What is asked of schedules and their runs. */
@Injectable()
export class ScheduleOperations {
  readonly all: Operations;

  constructor(
    @Inject(ScheduleApi) schedules: ScheduleApi,
    @Inject(ScheduleBatchApi) batches: ScheduleBatchApi,
    @Inject(ScheduleActionsApi) actions: ScheduleActionsApi,
    @Inject(RunApi) runs: RunApi,
    @Inject(BulkChangeApi) bulk: BulkChangeApi,
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
      'schedules.validate': asked((call) => schedules.validate(call)),
      'schedules.get': query((call) => schedules.get(call)),
      'schedules.as-of': query((call) => schedules.asOf(call)),
      'schedules.list': query((call) => schedules.list(call)),
      'schedules.occurrences': query((call) => schedules.occurrences(call)),
      'schedules.events': query((call) => schedules.events(call)),
      'runs.cancel': command((call) => runs.cancel(call)),
      'runs.redrive': command((call) => runs.redrive(call)),
      'runs.get': query((call) => runs.get(call)),
      'runs.list': query((call) => runs.list(call)),
      'bulk-changes.request': command((call) => bulk.request(call)),
      'bulk-changes.undo': command((call) => bulk.undo(call)),
      'bulk-changes.preview': asked((call) => bulk.preview(call)),
      'bulk-changes.get': query((call) => bulk.get(call)),
      'bulk-changes.list': query((call) => bulk.list(call)),
      'bulk-changes.schedules': query((call) => bulk.schedules(call)),
    };
  }
}
