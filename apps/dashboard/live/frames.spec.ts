import { describe, expect, test } from '@jest/globals';
import { FrameReader } from './frames.js';

const stream = 'retry: 2000\nid: 7\n\n: still here\n\nid: 8\nevent: RunQueued\ndata: {"a":"b: c"}\n\n';
const told = [{ id: '7' }, { id: '8', event: 'RunQueued', data: '{"a":"b: c"}' }];

describe('given a stream of events', () => {
  test('in one piece, its messages are read and its comments are not', () => {
    expect(new FrameReader().read(stream)).toEqual(told);
  });

  test('cut anywhere, it is the same messages', () => {
    for (let at = 0; at <= stream.length; at += 1) {
      const reader = new FrameReader();
      expect([...reader.read(stream.slice(0, at)), ...reader.read(stream.slice(at))]).toEqual(told);
    }
  });

  test('letter by letter, it is the same messages', () => {
    const reader = new FrameReader();
    expect([...stream].flatMap((letter) => reader.read(letter))).toEqual(told);
  });
});
