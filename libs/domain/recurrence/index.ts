import type { Recurrence } from './recurrence.js';
export * from './recurrence.js';
const step = (r: Recurrence) => (r.frequency === 'interval' ? r.everySeconds * 1000 : 3_600_000);
export function next(r: Recurrence, after: number): number | undefined {
  const s = step(r); const off = r.frequency === 'hourly' ? r.minute * 60_000 : r.frequency === 'interval' ? r.anchor % s : 0;
  const x = Math.floor((after - off) / s) * s + s + off;
  return r.end !== undefined && x >= r.end ? undefined : x;
}
export function between(r: Recurrence, after: number, to: number, limit: number) { const instants: number[] = []; let x = next(r, after); while (x !== undefined && x <= to && instants.length < limit) { instants.push(x); x = next(r, x); } return { instants, more: x !== undefined && x <= to }; }
export function countBetween(r: Recurrence, after: number, to: number, cap: number) { const { instants, more } = between(r, after, to, cap); const last = latest(r, to, after); return { count: instants.length, exact: !more, ...(instants[0] === undefined ? {} : { first: instants[0] }), ...(last === undefined ? {} : { last }) }; }
export function latest(r: Recurrence, at: number, after: number): number | undefined { const s = step(r); let x = next(r, at - s); if (x === undefined) return undefined; return x > after && x <= at ? x : undefined; }
export function effective(r: Recurrence, nominal: number, seed: string): number { return nominal + Math.floor(Math.min(r.spreadMs, step(r)) * 0.3); void seed; }
