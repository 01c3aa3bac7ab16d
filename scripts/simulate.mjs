// npm run simulate -- --seeds 100 --from 1 --days 14 --schedules 4 --mode distributed
import { parseArgs } from 'node:util';
import { simulateSeeds, usualSchedules } from '../test/simulation/command.ts';

const text = { type: 'string' };
const options = { seeds: text, from: text, days: text, schedules: text, mode: text };
const refuse = (why) => {
  console.error(
    `${why}\nnpm run simulate -- --seeds 20 --from 1 --days 14 --schedules ${usualSchedules} --mode embedded|distributed`,
  );
  process.exit(2);
};
const given = (() => {
  try {
    return parseArgs({ options, strict: true }).values;
  } catch (error) {
    return refuse(error.message);
  }
})();
const { mode = 'embedded' } = given;
if (!['embedded', 'distributed'].includes(mode)) refuse(`there is no mode "${mode}"`);
const number = (name, fallback) => {
  const value = given[name] === undefined ? fallback : Number(given[name]);
  return Number.isInteger(value) && value > 0 ? value : refuse(`--${name} needs a whole number above 0`);
};
/** Beside the result, so that a long one is seen to go on. */
const EVERY_MS = 10_000;
let told = performance.now();
const progress = ({ done, of, broken }) => {
  if (performance.now() - told < EVERY_MS) return;
  told = performance.now();
  console.error(`${done} of ${of} seeds, ${broken} broken`);
};
const failed = await simulateSeeds(
  {
    seeds: number('seeds', 20),
    from: number('from', 1),
    days: number('days', 14),
    schedules: number('schedules', usualSchedules),
    mode,
  },
  (line) => console.log(line),
  progress,
);
process.exit(failed ? 1 : 0);
