export const DEFAULT_LIMIT = 500;
export const LARGEST_LIMIT = 5_000;
export const limitOf = ({ limit = DEFAULT_LIMIT })=>Math.min(Math.max(Math.trunc(limit), 0), LARGEST_LIMIT);

//# sourceMappingURL=limits.js.map