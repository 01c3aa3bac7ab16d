import type { Run } from '../../api/shapes.js';
import { Badge } from '../../parts/badge.js';
import { Moment } from '../../parts/moment.js';
import type { Column } from '../../parts/table.js';
import { to } from '../../routing/route.js';
import { length } from '../../words/amounts.js';
import { errorClassOf, reasonOf } from '../../words/reasons.js';
import { words } from '../../words/states.js';

/** A skipped or missed occurrence has no run to show: what there is to say of it is in its row. */
export const hasRun = ({ id }: Run): boolean => !id.startsWith('occurrence-');

function Due({ run, zone }: { readonly run: Run; readonly zone: string | undefined }) {
  const due = <Moment at={run.nominal} zone={zone} exact />;
  return (
    <>
      {hasRun(run) ? (
        <a class="strong" href={to(['runs', run.id])}>
          {due}
        </a>
      ) : (
        due
      )}
      {run.trigger !== undefined && run.trigger !== 'occurrence' && (
        <small>{run.trigger === 'manual' ? 'by hand' : words(run.trigger)}</small>
      )}
    </>
  );
}

function Why({ run }: { readonly run: Run }) {
  const { reason, error, missed, retryAt } = run;
  return (
    <>
      {missed !== undefined &&
        missed.count > 1 &&
        `${missed.exact === false ? 'over ' : ''}${missed.count} occurrences: `}
      {reason !== undefined && reasonOf(reason)}
      {error?.class !== undefined && (
        <small class="clamped" title={error.message}>
          {errorClassOf(error.class)}
          {error.message !== undefined && `: ${error.message}`}
        </small>
      )}
      {retryAt !== undefined && (
        <small>
          goes on <Moment at={retryAt} />
        </small>
      )}
    </>
  );
}

/** `zoneOf`: of the schedule that a run is of, where it is known. */
export const runColumns = (
  zoneOf: (run: Run) => string | undefined,
  first: readonly Column<Run>[] = [],
): readonly Column<Run>[] => [
  ...first,
  { title: 'Due', cell: (run) => <Due run={run} zone={zoneOf(run)} /> },
  { title: 'Status', cell: ({ status }) => <Badge status={status} /> },
  { title: 'Why', cell: (run) => <Why run={run} /> },
  { title: 'Attempts', numeric: true, cell: (run) => (hasRun(run) ? run.attempts.length : '–') },
  { title: 'Late', numeric: true, cell: ({ latenessMs }) => length(latenessMs) },
  { title: 'Took', numeric: true, cell: ({ durationMs }) => length(durationMs) },
  { title: 'Records', numeric: true, cell: ({ records }) => records?.written ?? '–' },
];
