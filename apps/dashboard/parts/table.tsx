import type { ComponentChildren } from 'preact';

export type Column<Row> = {
  readonly title: string;
  readonly cell: (row: Row) => ComponentChildren;
  readonly numeric?: boolean;
  /** The title is for screen readers: the cells speak for themselves. */
  readonly quiet?: boolean;
};

export type Selection = {
  readonly chosen: ReadonlySet<string>;
  readonly choose: (ids: ReadonlySet<string>) => void;
  readonly nameOf: (id: string) => string;
};

type Given<Row> = {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly selection?: Selection;
};

const toggled = (set: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
};

function ChooseAll({ ids, selection }: { readonly ids: readonly string[]; readonly selection: Selection }) {
  const all = ids.length > 0 && ids.every((id) => selection.chosen.has(id));
  return (
    <th class="check">
      <label>
        <input
          type="checkbox"
          checked={all}
          onChange={() => selection.choose(all ? new Set() : new Set(ids))}
        />
        <span class="unseen">Select all on this page</span>
      </label>
    </th>
  );
}

/** A table on a desk, and a list of cards on a phone: each cell carries the title of its column. */
export function Table<Row>({ caption, columns, rows, idOf, selection }: Given<Row>) {
  return (
    <table class="table">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {selection !== undefined && <ChooseAll ids={rows.map(idOf)} selection={selection} />}
          {columns.map(({ title, numeric, quiet }) => (
            <th key={title} scope="col" class={numeric === true ? 'number' : undefined}>
              {quiet === true ? <span class="unseen">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const id = idOf(row);
          return (
            <tr key={id} class={selection?.chosen.has(id) === true ? 'chosen' : undefined}>
              {selection !== undefined && (
                <td class="check">
                  <input
                    type="checkbox"
                    aria-label={`Select ${selection.nameOf(id)}`}
                    checked={selection.chosen.has(id)}
                    onChange={() => selection.choose(toggled(selection.chosen, id))}
                  />
                </td>
              )}
              {columns.map(({ title, cell, numeric, quiet }) => (
                <td
                  key={title}
                  class={numeric === true ? 'number' : undefined}
                  data-title={quiet === true ? undefined : title}
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
