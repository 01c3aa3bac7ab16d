/** Waits for a lull before it acts, but not for ever: events come one by one, or by the thousand. Milliseconds. */
export type Pace = { readonly lull: number; readonly longest: number };

export type Paced = { call(): void; cancel(): void };

/** A call costs next to nothing: one timer is set for all that come until it fires. */
export function paced(act: () => void, { lull, longest }: Pace): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let first = 0;
  let last = 0;
  const fire = (): void => {
    const wait = Math.min(last + lull, first + longest) - performance.now();
    if (wait > 0) return void (timer = setTimeout(fire, wait));
    timer = undefined;
    act();
  };
  return {
    call: () => {
      last = performance.now();
      if (timer !== undefined) return;
      first = last;
      timer = setTimeout(fire, lull);
    },
    cancel: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
