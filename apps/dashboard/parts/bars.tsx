import type { Tone } from '../words/states.js';

/** A chart of columns over time: HTML that grows with its place, with the same numbers as a table beneath. */
export type Bar = {
  readonly label: string;
  readonly segments: readonly { readonly tone: Tone; readonly value: number }[];
};

type Given = {
  readonly title: string;
  readonly names: readonly string[];
  readonly bars: readonly Bar[];
  readonly shown: (value: number) => string;
  /** What is asked for first: each bar's segments, one on the other, or one beside what it is part of. */
  readonly stacked: boolean;
};

const sum = ({ segments }: Bar): number => segments.reduce((total, { value }) => total + value, 0);
const highest = ({ segments }: Bar): number => Math.max(0, ...segments.map(({ value }) => value));

const percent = (value: number, most: number): string =>
  `${most === 0 ? 0 : Math.max(1.5, (value / most) * 100)}%`;

function Column({
  bar,
  most,
  title,
  stacked,
}: {
  readonly bar: Bar;
  readonly most: number;
  readonly title: string;
  readonly stacked: boolean;
}) {
  return (
    <div class={stacked ? 'column stacked' : 'column'} title={title}>
      {bar.segments.map(
        ({ tone, value }) =>
          value > 0 && <div key={tone} class={`segment ${tone}`} style={{ height: percent(value, most) }} />,
      )}
    </div>
  );
}

export function Bars({ title, names, bars, shown, stacked }: Given) {
  const most = Math.max(0, ...bars.map(stacked ? sum : highest));
  const told = ({ label, segments }: Bar): string =>
    `${label}: ${segments.map(({ value }, index) => `${names[index] ?? ''} ${shown(value)}`).join(', ')}`;
  const [first, last] = [bars[0], bars.at(-1)];
  return (
    <figure class="chart">
      <div class="plot" role="img" aria-label={`${title}, hour by hour; the numbers are in the table below`}>
        <span class="most">{shown(most)}</span>
        {bars.map((bar) => (
          <Column key={bar.label} bar={bar} most={most} title={told(bar)} stacked={stacked} />
        ))}
      </div>
      <div class="axis" aria-hidden="true">
        <span>{first?.label}</span>
        <span>{last?.label}</span>
      </div>
      <details>
        <summary>As a table</summary>
        <table class="small">
          <thead>
            <tr>
              <th scope="col">Hour</th>
              {names.map((name) => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {bars.map(({ label, segments }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {segments.map(({ tone, value }) => (
                  <td key={tone} class="number">
                    {shown(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
