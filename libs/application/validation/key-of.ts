/** Names hold no blanks; one that is not given is left out. */
export const keyOf = (...names: readonly (string | undefined)[]): string =>
  names.filter((name) => name !== undefined).join(' ');
