// npm run bench            all measures, each several rounds; within a round all contenders take their turn
// npm run bench -- herd    one of them;  --rounds=7  --schedules=100000  --contenders=ours,'BullMQ always'  --json
// What misleads: two figures of different hours. Compare within a run; the ratios are taken within each round.
import * as fairness from './fairness.mjs';
import * as herd from './herd.mjs';
import * as idle from './idle.mjs';
import * as latency from './latency.mjs';
import * as limits from './limits.mjs';
import * as million from './million.mjs';
import * as nats from './nats.mjs';
import * as peers from './peers.mjs';
import { machine, median } from './rig.mjs';
import * as scale from './scale.mjs';
import * as sse from './sse.mjs';
import * as webhooks from './webhooks.mjs';

const measures = [herd, idle, latency, fairness, sse, webhooks, nats, scale, million, limits, peers];
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

/** Each number of a result under its path; words, which say what could not be measured, apart. */
function gather(value, path, into) {
  if (typeof value === 'number') (into.numbers[path] ??= []).push(value);
  else if (typeof value === 'string') into.words[path] = value;
  else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value))
      gather(inner, path === '' ? key : `${path}: ${key}`, into);
}

const ownFlags = new Set(['rounds', 'repeat', 'json']);
const options = Object.fromEntries(
  Object.entries(flags)
    .filter(([key]) => !ownFlags.has(key))
    .map(([key, value]) => [key, value === '' || Number.isNaN(Number(value)) ? value : Number(value)]),
);

async function rounds({ name, title, measure, settings, once = false }) {
  const count = Number(flags.rounds ?? flags.repeat ?? (once ? 1 : 5));
  const before = machine().load1;
  const into = { numbers: {}, words: {} };
  for (let round = 0; round < count; round += 1) gather(await measure({ ...options, round }), '', into);
  const figures = Object.fromEntries(
    Object.entries(into.numbers).map(([key, values]) => [
      key,
      {
        median: Math.round(median(values) * 100) / 100,
        min: Math.min(...values),
        max: Math.max(...values),
        rounds: values.length,
      },
    ]),
  );
  console.log(`\n${title} (${name}: median of ${count}, [min–max]; load before ${before})`);
  for (const [key, value] of Object.entries(settings?.() ?? {})) console.log(`  # ${key}: ${value}`);
  const width = Math.max(26, ...Object.keys(figures).map((key) => key.length));
  for (const [key, { median: middle, min, max }] of Object.entries(figures))
    console.log(`  ${key.padEnd(width)} ${String(middle).padStart(12)}   [${min}–${max}]`);
  for (const [key, text] of Object.entries(into.words)) console.log(`  ${key}: ${text}`);
  return { load: before, settings: settings?.() ?? {}, figures, words: into.words };
}

const results = { machine: machine() };
const failed = [];
console.log('machine', JSON.stringify(results.machine));
for (const measure of measures) {
  if (names.length > 0 && !names.includes(measure.name)) continue;
  try {
    results[measure.name] = await rounds(measure);
  } catch (error) {
    // A figure that is void, or a machine that was too busy, is no reason to lose the measures after it.
    failed.push(measure.name);
    results[measure.name] = { failed: String(error) };
    console.error(`\n${measure.title} (${measure.name}): no figures`, error);
  }
}
if ('json' in flags) console.log(JSON.stringify(results));
if (failed.length > 0) console.error(`\nwithout figures: ${failed.join(', ')}`);
process.exit(failed.length > 0 ? 1 : 0);
