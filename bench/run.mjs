// npm run bench            all measures
// npm run bench -- herd    one of them;  --repeat=5  --schedules=100000  --json
import * as herd from './herd.mjs';
import * as idle from './idle.mjs';
import { machine, median } from './rig.mjs';
import * as nats from './nats.mjs';
import * as peers from './peers.mjs';
import * as scale from './scale.mjs';

const measures = [herd, idle, nats, scale, peers];
const flags = Object.fromEntries(
  process.argv
    .slice(2)
    .filter((word) => word.startsWith('--'))
    .map((word) => word.slice(2).split('=')),
);
const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = names.filter((name) => !measures.some((measure) => measure.name === name));
if (unknown.length > 0) {
  console.error(
    `unknown measure: ${unknown.join(', ')}; there are ${measures.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}

const numbers = (value, path, into) => {
  if (typeof value === 'number') (into[path] ??= []).push(value);
  else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value))
      numbers(inner, path === '' ? key : `${path}.${key}`, into);
};

const results = { machine: machine() };
console.log('machine', JSON.stringify(results.machine));
for (const { name, title, measure } of measures) {
  if (names.length > 0 && !names.includes(name)) continue;
  const options = Object.fromEntries(
    Object.entries(flags)
      .filter(([key]) => key !== 'repeat' && key !== 'json')
      .map(([key, value]) => [key, Number(value)]),
  );
  const repeat = Number(flags.repeat ?? (name === 'scale' ? 1 : 3));
  const columns = {};
  for (let round = 0; round < repeat; round += 1) numbers(await measure(options), '', columns);
  results[name] = Object.fromEntries(
    Object.entries(columns).map(([key, values]) => [
      key,
      { median: median(values), min: Math.min(...values), max: Math.max(...values) },
    ]),
  );
  console.log(`\n${title} (median of ${repeat}, [min–max])`);
  for (const [key, { median: middle, min, max }] of Object.entries(results[name]))
    console.log(`  ${key.padEnd(26)} ${String(middle).padStart(12)}   [${min}–${max}]`);
}
if ('json' in flags) console.log(JSON.stringify(results));
process.exit(0);
