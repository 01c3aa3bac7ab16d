import type { Occurrences } from '../../api/shapes.js';
import { Moment } from '../../parts/moment.js';
import { Empty } from '../../parts/notice.js';
import { Table } from '../../parts/table.js';

export function Upcoming({
  occurrences,
  zone,
}: {
  readonly occurrences: Occurrences;
  readonly zone: string | undefined;
}) {
  if (occurrences.items.length === 0)
    return (
      <Empty title="Nothing more is due">Its recurrence has ended, or it has run as often as it may.</Empty>
    );
  return (
    <>
      {occurrences.status === 'paused' && <p class="faint">As it would be once it is resumed.</p>}
      <Table
        caption="Next occurrences"
        rows={occurrences.items}
        idOf={({ nominal }) => nominal}
        columns={[
          { title: 'Due', cell: ({ nominal }) => <Moment at={nominal} zone={zone} /> },
          {
            title: 'Starts',
            cell: ({ effective }) => <Moment at={effective} zone={zone} away />,
          },
        ]}
      />
      <p class="hint">
        Due is the nominal time; it starts at the effective one, after the spread of its own.
      </p>
    </>
  );
}
