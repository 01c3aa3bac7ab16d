/** Values that have broken somebody's software, for wherever a value is expected. */

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

const wide = (keys: number): object =>
  Object.fromEntries(Array.from({ length: keys }, (_, n) => [`k${n}`, n]));

export const hostileCrons = [
  '0 0 30 2 *',
  '0 0 31 4,6,9,11 *',
  '0 0 29 2 1',
  '* * * * * *',
  '*/0 * * * *',
  '0-59/-1 * * * *',
  '60 24 32 13 8',
  '@reboot',
  'L L L L L',
  '0 0 * * 1#9',
  `${'0,'.repeat(5_000)}0 * * * *`,
  '0 0 1 1 * 99999',
  '\u0000 * * * *',
  '５ * * * *',
];

export const hostileZones = [
  'Europe/Berlín',
  'EST5EDT,M3.2.0,M11.1.0',
  'UTC+25',
  'Etc/GMT-99',
  '../../etc/localtime',
  '__proto__',
  'europe/berlin',
  'GMT0',
  '',
];

export const hostileDates = [
  '2027-02-30',
  '2027-13-01T00:00:00Z',
  '0000-00-00',
  '+275760-09-13T00:00:00.001Z',
  '-271821-04-19T23:59:59.999Z',
  '9999-12-31T23:59:60Z',
  '2027-03-28T02:30:00',
  '2027-01-01T00:00:00+99:99',
  'Invalid Date',
  '1e9',
];

export const hostileDurations = [
  'P1Y',
  '-5m',
  '1e308h',
  '0s',
  '999999999999d',
  'PT',
  '5 minutes',
  '٣h',
  'NaN',
];

export const hostileStrings = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202eabc',
  '\u200b',
  'ｎｅｔｆｌｉｘ',
  '💥'.repeat(300),
  'x'.repeat(70_000),
  '../../../../etc/passwd',
  '..\\..\\windows',
  'a\r\nSet-Cookie: x=1',
  "'; DROP TABLE events; --",
  '${jndi:ldap://x}',
  '{{7*7}}',
  '%00%0d%0a',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '<script>alert(1)</script>',
  '=cmd|calc!A1',
  'null',
  'undefined',
  'true',
  '[object Object]',
  `${'a'.repeat(30)}!`,
];

export const hostileNumbers = [
  0,
  -0,
  -1,
  0.1,
  1e-320,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 53),
  8.64e15,
  8.64e15 + 1,
];

export const hostileObjects: readonly unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  JSON.parse('{"__proto__": {"polluted": true}}'),
  JSON.parse('{"constructor": {"prototype": {"polluted": true}}}'),
  { toString: 1, valueOf: 'x', hasOwnProperty: null },
  { length: 1e9 },
  { then: 1 },
  nested(50),
  wide(200),
];

/** A few that are large: drawn seldom. */
export const hugeObjects: readonly unknown[] = [
  nested(1_000),
  wide(20_000),
  Array.from({ length: 50_000 }, () => 0),
  'é'.repeat(300_000),
];

export const hostileValues: readonly unknown[] = [
  ...hostileCrons,
  ...hostileZones,
  ...hostileDates,
  ...hostileDurations,
  ...hostileStrings,
  ...hostileNumbers,
  ...hostileObjects,
];

/** JSON that `JSON.stringify` would never write. */
export const hostileTexts = [
  '',
  ' ',
  '{',
  '[',
  '"',
  '{"a":1,}',
  '{"a":1}{"b":2}',
  "{'a':1}",
  'NaN',
  '1e400',
  '-',
  '01',
  '\ufeff{}',
  '{"a":1,"a":2}',
  '{"\\u0000":1}',
  '"\\ud800"',
  '['.repeat(100_000),
  '{"a":'.repeat(20_000),
  '9'.repeat(10_000),
  'null',
  '"text"',
  '[1]',
  '7',
];
