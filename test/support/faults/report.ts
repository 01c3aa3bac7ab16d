export const titles = {
  P1: 'each occurrence is decided exactly once',
  P2: 'nothing is decided before it is due',
  P8: 'no two attempts of one schedule at once, in the log or in the world',
  P13: 'what was acknowledged is in the log',
  P18: 'a read model that lived through it equals one built anew',
  P21: 'every attempt ends, every wait is over in time',
  P22: 'an attempt ends at most once, by the word of its holder',
  P23: 'a dead executor is noticed in time, a living one is left alone',
  P24: 'no event is parked, and nothing is logged as an error',
  P26: 'a run ends exactly once',
  P27: 'no occurrence waits longer than a take-over lasts',
  P28: 'a drained executor loses and doubles nothing',
  P30: 'what a webhook asked for is taken by it, or given up',
  P37: 'what is asked of many is done to each once, and undone to what it was',
} as const;
export type Property = keyof typeof titles;

export type Finding = {
  readonly property: Property;
  /** How many things were looked at: a property that checked nothing has not been shown. */
  readonly checked: number;
  readonly violations: readonly string[];
};

/** Counts what one property looked at, and keeps what was wrong. */
export class Tally {
  checked = 0;
  readonly violations: string[] = [];

  constructor(readonly property: Property) {}

  /** Looks at one thing; `complaint` is asked only when it is wrong. */
  expect(right: boolean, complaint: () => string): void {
    this.checked += 1;
    if (!right) this.violations.push(complaint());
  }

  get finding(): Finding {
    const { property, checked, violations } = this;
    return { property, checked, violations };
  }
}

const SHOWN = 5;

/** The findings as a table, with the first few violations of each property beneath it. */
export function table(findings: readonly Finding[]): string {
  const rows = findings.map(({ property, checked, violations }) =>
    [property.padEnd(4), String(checked).padStart(9), String(violations.length).padStart(10)].concat(
      titles[property],
    ),
  );
  const lines = [['    ', '  checked', 'violations', ''], ...rows].map((row) => row.join('  ').trimEnd());
  const details = findings.flatMap(({ property, violations }) => [
    ...violations.slice(0, SHOWN).map((violation) => `${property}: ${violation}`),
    ...(violations.length > SHOWN ? [`${property}: … and ${violations.length - SHOWN} more`] : []),
  ]);
  return [...lines, ...details].join('\n');
}
