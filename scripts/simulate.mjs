// npm run simulate -- --seeds 100 --from 1 --days 14 --schedules 4 --mode distributed
import { simulateSeeds, usualSchedules } from '../test/simulation/command.ts';

const words = process.argv.slice(2).flatMap((word) => word.split('='));
const number = (name, fallback) => {
  const at = words.indexOf(`--${name}`);
  const value = at < 0 ? fallback : Number(words[at + 1]);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`--${name} needs a whole number above 0`);
  process.exit(2);
};
const failed = await simulateSeeds(
  {
    seeds: number('seeds', 20),
    from: number('from', 1),
    days: number('days', 14),
    schedules: number('schedules', usualSchedules),
  },
  (line) => console.log(line),
);
process.exit(failed ? 1 : 0);
