import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BINARY, CONTINUATION, frame, FrameReader, TEXT } from '../../runner/frames.mjs';

/** What a server would send: the same frame without its mask. */
function unmasked(bytes) {
  const length = bytes[1] & 0x7f;
  const maskAt = length < 126 ? 2 : length === 126 ? 4 : 10;
  const head = Buffer.from(bytes.subarray(0, maskAt));
  head[1] &= 0x7f;
  return Buffer.concat([head, bytes.subarray(maskAt + 4)]);
}

test('a frame of a client is masked, and has its final bit', () => {
  assert.deepEqual([...frame(TEXT, 'ab')], [0x81, 0x82, 0, 0, 0, 0, 97, 98]);
  assert.deepEqual([...frame(CONTINUATION, 'a', { last: false })], [0x00, 0x81, 0, 0, 0, 0, 97]);
});

test('frames of every length are read again, from pieces of any size', () => {
  for (const size of [0, 125, 126, 65_535, 65_536]) {
    const bytes = Buffer.concat([unmasked(frame(BINARY, Buffer.alloc(size, 7))), unmasked(frame(TEXT, 'end'))]);
    for (const piece of [1000, bytes.length]) {
      const reader = new FrameReader();
      const frames = [];
      for (let at = 0; at < bytes.length; at += piece) frames.push(...reader.push(bytes.subarray(at, at + piece)));
      assert.deepEqual(
        frames.map(({ opcode, payload }) => [opcode, payload.length]),
        [
          [BINARY, size],
          [TEXT, 3],
        ],
      );
    }
  }
});

test('a frame of which the last byte is missing is not read yet', () => {
  const bytes = unmasked(frame(TEXT, 'abc'));
  const reader = new FrameReader();
  assert.deepEqual(reader.push(bytes.subarray(0, bytes.length - 1)), []);
  assert.equal(reader.push(bytes.subarray(-1))[0].payload.toString(), 'abc');
});
