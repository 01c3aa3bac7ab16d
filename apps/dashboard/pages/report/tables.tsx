import type { Failing, Report, Slow } from '../../api/numbers.js';
import { Moment } from '../../parts/moment.js';
import { Empty } from '../../parts/notice.js';
import { Table } from '../../parts/table.js';
import { to } from '../../routing/route.js';
import { count, length, percent } from '../../words/amounts.js';
import { errorClassOf, reasonOf } from '../../words/reasons.js';

const quiet = <Empty title="Nothing in this period">Choose a longer one, or wait for the first runs.</Empty>;

export function ByProvider({ rows }: { readonly rows: Report['byProvider'] }) {
  if (rows.length === 0) return quiet;
  return (
    <Table
      caption="By provider"
      rows={rows}
      idOf={({ provider }) => provider}
      columns={[
        { title: 'Provider', cell: ({ provider }) => <a href={to('runs', { provider })}>{provider}</a> },
        { title: 'Runs', numeric: true, cell: ({ queued }) => count(queued) },
        { title: 'Success', numeric: true, cell: ({ successRate }) => percent(successRate) },
        { title: 'Given up', numeric: true, cell: ({ abandoned }) => count(abandoned) },
        { title: 'Retries', numeric: true, cell: ({ retries }) => count(retries) },
        { title: 'Skipped', numeric: true, cell: ({ skipped }) => count(skipped) },
        { title: 'Missed', numeric: true, cell: ({ missed }) => count(missed) },
        { title: 'Half take', numeric: true, cell: ({ duration }) => length(duration.p50) },
        { title: '99 of 100 take', numeric: true, cell: ({ duration }) => length(duration.p99) },
        { title: 'Records', numeric: true, cell: ({ recordsWritten }) => count(recordsWritten) },
      ]}
    />
  );
}

type Mention = {
  readonly schedule: string;
  readonly name: string | null;
  readonly user: string;
  readonly provider: string;
};

const named = ({ schedule, name, user, provider }: Mention) => (
  <>
    <a href={to(['schedules', schedule])}>{name ?? `${user}’s ${provider}`}</a>
    <small>
      {user} · {provider}
    </small>
  </>
);

export function Failures({ rows }: { readonly rows: readonly Failing[] }) {
  if (rows.length === 0)
    return <Empty title="Nothing is failing">Every schedule’s last run went well.</Empty>;
  return (
    <Table
      caption="Failing schedules"
      rows={rows}
      idOf={({ schedule }) => schedule}
      columns={[
        { title: 'Schedule', cell: named },
        { title: 'In a row', numeric: true, cell: ({ consecutiveFailures }) => count(consecutiveFailures) },
        { title: 'Last run', cell: ({ lastRunAt }) => <Moment at={lastRunAt} /> },
      ]}
    />
  );
}

export function Slowest({ rows }: { readonly rows: readonly Slow[] }) {
  if (rows.length === 0) return quiet;
  return (
    <Table
      caption="Slowest schedules"
      rows={rows}
      idOf={({ schedule }) => schedule}
      columns={[
        { title: 'Schedule', cell: named },
        { title: 'On average', numeric: true, cell: ({ meanMs }) => length(meanMs) },
        { title: 'At most', numeric: true, cell: ({ maxMs }) => length(maxMs) },
        { title: 'Runs', numeric: true, cell: ({ runs }) => count(runs) },
      ]}
    />
  );
}

export function ByUser({ rows }: { readonly rows: Report['byUser'] }) {
  if (rows.length === 0) return quiet;
  return (
    <Table
      caption="Users with the most runs"
      rows={rows}
      idOf={({ user }) => user}
      columns={[
        { title: 'User', cell: ({ user }) => <a href={to('schedules', { user })}>{user}</a> },
        { title: 'Runs', numeric: true, cell: ({ queued }) => count(queued) },
        { title: 'Succeeded', numeric: true, cell: ({ succeeded }) => count(succeeded) },
        { title: 'Given up', numeric: true, cell: ({ abandoned }) => count(abandoned) },
      ]}
    />
  );
}

/** Skipped, missed and given up, each with its reason. */
export function Reasons({ report: { skipReasons, missReasons, errors } }: { readonly report: Report }) {
  const of = (what: string, counts: Readonly<Record<string, number>>, word: (name: string) => string) =>
    Object.entries(counts).map(([name, n]) => ({ id: `${what} ${name}`, what, why: word(name), n }));
  const rows = [
    ...of('given up', errors, errorClassOf),
    ...of('skipped', skipReasons, reasonOf),
    ...of('missed', missReasons, reasonOf),
  ].toSorted((a, b) => b.n - a.n);
  if (rows.length === 0) return <Empty title="Everything that was due has run" />;
  return (
    <Table
      caption="Why runs did not happen"
      rows={rows}
      idOf={({ id }) => id}
      columns={[
        { title: 'What', cell: ({ what }) => what },
        { title: 'Because', cell: ({ why }) => why },
        { title: 'Times', numeric: true, cell: ({ n }) => count(n) },
      ]}
    />
  );
}
