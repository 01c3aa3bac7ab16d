/** Waits for a lull before it acts, but not for ever: events come one by one, or by the thousand. */
export type Pace = { readonly lull: number; readonly longest: number };

export type Paced = { call(): void; cancel(): void };

export function paced(act: () => void, { lull, longest }: Pace): Paced {
  let soon: ReturnType<typeof setTimeout> | undefined;
  let latest: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => {
    clearTimeout(soon);
    clearTimeout(latest);
    soon = latest = undefined;
  };
  const now = (): void => {
    cancel();
    act();
  };
  return {
    call: () => {
      clearTimeout(soon);
      soon = setTimeout(now, lull);
      latest ??= setTimeout(now, longest);
    },
    cancel,
  };
}
