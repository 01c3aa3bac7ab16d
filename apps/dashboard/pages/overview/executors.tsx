import type { Resources } from '../../api/numbers.js';
import { Mark } from '../../parts/badge.js';
import { Ago } from '../../parts/moment.js';
import { Empty } from '../../parts/notice.js';
import { Table } from '../../parts/table.js';
import { count, megabytes, percent } from '../../words/amounts.js';

/** Who does the work: each says how it is every second or so. */
export function Executors({ resources }: { readonly resources: Resources }) {
  if (resources.executors.length === 0)
    return (
      <Empty title="No executor is there">
        Nothing can run. Start one with <code>npm run executor</code>.
      </Empty>
    );
  return (
    <Table
      caption="Executors"
      rows={resources.executors}
      idOf={({ id }) => id}
      columns={[
        { title: 'Executor', cell: ({ id }) => <span class="free">{id}</span> },
        {
          title: 'State',
          cell: ({ overloaded }) =>
            overloaded ? (
              <Mark word="overloaded" tone="bad" hint="It takes no more work" />
            ) : (
              <Mark word="ready" tone="good" />
            ),
        },
        { title: 'Running', numeric: true, cell: ({ running, capacity }) => `${running} of ${capacity}` },
        { title: 'Done', numeric: true, cell: ({ completed }) => count(completed) },
        { title: 'Processor', numeric: true, cell: ({ cpu }) => percent(cpu) },
        { title: 'Memory', numeric: true, cell: ({ rssBytes }) => megabytes(rssBytes) },
        { title: 'Seen', numeric: true, cell: ({ seenAt }) => <Ago at={seenAt} /> },
      ]}
    />
  );
}
