/** The longest step a timer may sleep: longer waits are re-armed, so that a clock step or a suspend is noticed. */ export const LONGEST_SLEEP = 60_000;

//# sourceMappingURL=clock.js.map