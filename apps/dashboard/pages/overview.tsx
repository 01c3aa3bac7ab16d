import { useMemo } from 'preact/hooks';
import { search } from '../api/client.js';
import type { Conflict, Provider, Queue, Report, Resources, Statistics, Stats } from '../api/numbers.js';
import type { Page } from '../api/shapes.js';
import { useAnswer } from '../live/answer.js';
import { CALM, ofSyncs, ofType, useEvery } from '../live/changes.js';
import { useNow } from '../parts/clock.js';
import { Answered, Empty } from '../parts/notice.js';
import { Heading, Panel } from '../parts/panel.js';
import { to } from '../routing/route.js';
import { Activity } from './overview/activity.js';
import { ConflictList } from './overview/conflict-list.js';
import { Executors } from './overview/executors.js';
import { Figures } from './overview/figures.js';
import { LatenessChart, RunsChart } from './overview/load-charts.js';
import { Providers } from './overview/providers.js';
import { QueueView } from './overview/queue.js';

const HOUR = 3_600_000;
/** Heartbeats are messages, not events: who is there is to be asked. */
const HEARTBEAT = 5_000;
const outcome = ofType(/^(Run(Succeeded|Abandoned|Cancelled|Redriven)|Schedule)/);

/** From the start of the hour a day ago on, so that the question stays the same for an hour. */
const useDayBefore = (): string => {
  const hour = Math.floor(useNow() / HOUR);
  return useMemo(() => new Date((hour - 23) * HOUR).toISOString(), [hour]);
};

export function Overview() {
  const from = useDayBefore();
  const stats = useAnswer<Stats>('/v1/stats');
  const statistics = useAnswer<Statistics>(
    `/v1/statistics${search({ bucket: 'hour', from })}`,
    outcome,
    CALM,
  );
  const report = useAnswer<Report>(`/v1/report${search({ from })}`, outcome, CALM);
  const queue = useAnswer<Queue>('/v1/queue');
  const resources = useAnswer<Resources>('/v1/resources', ofSyncs, CALM);
  const providers = useAnswer<Page<Provider>>('/v1/providers');
  useEvery(HEARTBEAT, resources.reload);
  const conflicts = useAnswer<Page<Conflict>>('/v1/conflicts?status=open&limit=5', ofType(/^Conflict/));
  return (
    <>
      <Heading title="Overview" />
      <Answered of={stats}>{(data) => <Figures stats={data} failing={report.data?.failing} />}</Answered>
      {stats.data?.schedules.total === 0 && (
        <Empty title="Nothing is scheduled yet">
          <a href={to('new')}>Create a schedule</a>, or see the service at work with <code>npm run demo</code>
          .
        </Empty>
      )}
      <div class="grid">
        <Panel title="Runs, last 24 hours">
          <Answered of={statistics}>
            {(data) => <RunsChart from={from} statistics={data} stats={stats.data} />}
          </Answered>
        </Panel>
        <Panel title="Lateness, last 24 hours">
          <Answered of={statistics}>
            {(data) => <LatenessChart from={from} statistics={data} stats={stats.data} />}
          </Answered>
        </Panel>
        <Panel title="Queue">
          <Answered of={queue}>
            {(data) => <QueueView queue={data} openRuns={stats.data?.openRuns} />}
          </Answered>
        </Panel>
        <Panel title="As it happens">
          <Activity />
        </Panel>
        <Panel title="Providers" wide>
          <Answered of={providers}>
            {(data) => <Providers items={data.items} reload={providers.reload} />}
          </Answered>
        </Panel>
        <Panel title="Executors">
          <Answered of={resources}>{(data) => <Executors resources={data} />}</Answered>
        </Panel>
        <Panel title="Open conflicts" aside={<a href={to('conflicts')}>All conflicts</a>}>
          <Answered of={conflicts}>
            {(data) => <ConflictList items={data.items} none="None that nobody has looked at" />}
          </Answered>
        </Panel>
      </div>
    </>
  );
}
