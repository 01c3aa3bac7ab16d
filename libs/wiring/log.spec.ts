import { expect, test } from '@jest/globals';
import { jsonLog } from './log.js';

test('given text that would begin another line, or move what a terminal shows, one plain line is written, and nothing is lost', () => {
  const lines: string[] = [];
  const log = jsonLog(
    (line) => void lines.push(line),
    () => 0,
  );
  const text = 'a\r\n{"level":"info"}\u001b[2K\u0085\u009b2K\u2028\u2029\u0000\u007f';
  log('error', text, { [text]: text, error: new Error(text) });
  const [line = ''] = lines;
  expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  expect(line.at(-1)).toBe('\n');
  expect(JSON.parse(line)).toMatchObject({ message: text, [text]: text, error: { message: text } });
});
