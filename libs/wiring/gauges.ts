import type { Actors } from '#lib/application/actors';
import type { Admission } from '#lib/application/admission';
import type { ReadModel } from '#lib/projections';
import type { AuditSealing } from './audit.js';
import type { Heartbeats } from './heartbeats.js';
import type { Telemetry } from './telemetry.js';
import type { Watch } from './watch.js';

export type Gauged = {
  readonly heartbeats: Heartbeats;
  readonly telemetry: Telemetry;
  readonly actors: Actors;
  readonly admission: Admission;
  readonly readModel: ReadModel;
};

/** What is asked for at each scrape. */
export function gauges(
  { telemetry, actors, admission, readModel, heartbeats }: Gauged,
  watch: Watch,
  audit: AuditSealing,
): void {
  telemetry.gauge('syncopate_actors', 'Schedules and other aggregates in memory', () => actors.size);
  telemetry.gauge('syncopate_wakeups_in_memory', 'Wake-ups of the near future', () => watch.wakeUps);
  telemetry.gauge('syncopate_running', 'Attempts offered or running', () => admission.busy);
  telemetry.gauge('syncopate_capacity', 'Attempts that may run at once', () => admission.capacity);
  telemetry.gauge(
    'syncopate_executors',
    'Executors heard of in the last five minutes',
    () => heartbeats.values().length,
  );
  telemetry.gauge('syncopate_read_model_position', 'Log position that reads reflect', () =>
    readModel.position(),
  );
  telemetry.gauge(
    'syncopate_audit_position',
    'Log position up to which this process sealed',
    () => audit.sealedUpTo,
  );
  telemetry.gaugeBy('syncopate_waiting', 'Runs that wait, by provider', 'provider', () =>
    [...admission.lanes()].map((lane) => [lane.provider, lane.waiting] as const),
  );
}
