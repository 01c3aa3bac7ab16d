import { useErrorBoundary } from 'preact/hooks';
import { access } from './api/session.js';
import { told } from './api/problem.js';
import { useStore } from './api/store.js';
import { BulkChangePage } from './pages/bulk-change.js';
import { BulkChangesPage } from './pages/bulk-changes.js';
import { ConnectionPage } from './pages/connection.js';
import { ConnectionsPage } from './pages/connections.js';
import { ConflictsPage } from './pages/conflicts.js';
import { CreatePage } from './pages/create.js';
import { Gate } from './pages/gate.js';
import { Overview } from './pages/overview.js';
import { ReportPage } from './pages/report.js';
import { RunPage } from './pages/run.js';
import { RunsPage } from './pages/runs.js';
import { SchedulePage } from './pages/schedule.js';
import { SchedulesPage } from './pages/schedules.js';
import { Shell } from './pages/shell.js';
import { SubscriptionsPage } from './pages/subscriptions.js';
import { WebhookPage } from './pages/webhook.js';
import { WebhooksPage } from './pages/webhooks.js';
import { Empty, ProblemNotice } from './parts/notice.js';
import { route, to, type Route } from './routing/route.js';

function Page({ route: { parts, query } }: { readonly route: Route }) {
  const [page = '', id] = parts;
  switch (page) {
    case '':
      return <Overview />;
    case 'schedules':
      return id === undefined ? (
        <SchedulesPage query={query} />
      ) : (
        <SchedulePage key={id} id={id} at={query['at']} />
      );
    case 'bulk-changes':
      return id === undefined ? (
        <BulkChangesPage query={query} />
      ) : (
        <BulkChangePage key={id} id={id} query={query} />
      );
    case 'new':
      return <CreatePage />;
    case 'runs':
      return id === undefined ? <RunsPage query={query} /> : <RunPage key={id} id={id} />;
    case 'connections':
      return id === undefined ? <ConnectionsPage query={query} /> : <ConnectionPage key={id} id={id} />;
    case 'conflicts':
      return <ConflictsPage query={query} />;
    case 'report':
      return <ReportPage query={query} />;
    case 'subscriptions':
      return <SubscriptionsPage query={query} />;
    case 'webhooks':
      return id === undefined ? (
        <WebhooksPage query={query} />
      ) : (
        <WebhookPage key={id} id={id} query={query} />
      );
    default:
      return (
        <Empty title="There is no such page">
          The address may be of another version. <a href={to('')}>Go to the overview</a>
        </Empty>
      );
  }
}

/** A defect of one page is told in its place: the way to the others stays. */
function Guarded({ route }: { readonly route: Route }) {
  const [error, reset] = useErrorBoundary();
  if (error !== undefined) return <ProblemNotice problem={told(error)} retry={reset} />;
  return <Page route={route} />;
}

export function App() {
  const current = useStore(route);
  if (useStore(access) !== 'open') return <Gate />;
  return (
    <Shell page={current.parts[0] ?? ''} place={current.parts.join('/')}>
      <Guarded key={current.parts.join('/')} route={current} />
    </Shell>
  );
}
