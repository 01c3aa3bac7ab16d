import type { Conflict } from '../../api/numbers.js';
import { Ago } from '../../parts/moment.js';
import { Prose } from '../../parts/prose.js';
import { Empty } from '../../parts/notice.js';
import { words } from '../../words/states.js';
import { Mark } from '../../parts/badge.js';

export function ConflictList({ items }: { readonly items: readonly Conflict[] }) {
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
