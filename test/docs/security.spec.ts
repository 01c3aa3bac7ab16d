import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from '@jest/globals';

const root = new URL('../../', import.meta.url);
const text = readFileSync(new URL('docs/security.md', root), 'utf8');
const rows = text.split('\n').filter((line) => /^\| S\d/.test(line));
const specs = new Set(
  ['apps', 'libs', 'test'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' }).map((path) =>
      basename(path),
    ),
  ),
);

test('each control has a row of what is done, how it is tested, and what is not covered', () => {
  expect(rows.map((row) => row.split('|')[1]?.trim())).toEqual(
    Array.from({ length: 30 }, (_, n) => `S${n + 1}`),
  );
  for (const row of rows) expect(row.split('|')).toHaveLength(7);
});

test('what a row names, is there', () => {
  const named = [...text.matchAll(/`([\w./-]+\.(?:ts|yml|conf)|test\/\w+)`/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(40);
  for (const name of named)
    expect({
      name,
      found: name.includes('/') || name.endsWith('.yml') ? existsSync(new URL(name, root)) : specs.has(name),
    }).toEqual({ name, found: true });
  for (const [, link = ''] of text.matchAll(/\]\(([^)#]+)[^)]*\)/g))
    expect({ link, found: existsSync(new URL(link, new URL('docs/', root))) }).toEqual({ link, found: true });
});
