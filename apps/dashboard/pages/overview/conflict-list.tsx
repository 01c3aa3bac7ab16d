import type { Conflict } from '../../api/numbers.js';
import { Ago } from '../../parts/moment.js';
import { Prose } from '../../parts/prose.js';
import { Empty } from '../../parts/notice.js';
import { words } from '../../words/states.js';
import { Mark } from '../../parts/badge.js';

/** `none`: what it means that there is none, where others were left out. */
export function ConflictList({
  items,
  none,
}: {
  readonly items: readonly Conflict[];
  readonly none?: string;
}) {
  if (items.length === 0 && none !== undefined) return <Empty title={none} />;
  if (items.length === 0) return <Empty title="No conflicts">No schedule is in another’s way.</Empty>;
  return (
    <ul class="lines">
      {items.map(({ id, kind, message, lastDetectedAt }) => (
        <li key={id}>
          <Mark word={words(kind)} tone="warn" />
          <span class="what">
            <Prose text={message} />
          </span>
          <span class="faint">
            <Ago at={lastDetectedAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
