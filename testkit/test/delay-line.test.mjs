import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DelayLine } from '../delay-line.mjs';

/** A line at a moment that the test sets, whose items have these delays. */
function lineWith(...delays) {
  const clock = { now: 0 };
  const line = new DelayLine(() => delays.shift(), () => clock.now); // prettier-ignore
  return { clock, line };
}

test('items come out after their delay and in the order in which they went in', () => {
  const { clock, line } = lineWith(50, 10, 10);
  const out = [];
  for (const name of ['a', 'b', 'c']) line.push(() => out.push([name, clock.now]));
  for (clock.now = 0; clock.now <= 60; clock.now += 10) line.deliverDue();
  assert.deepEqual(out, [
    ['a', 50],
    ['b', 50],
    ['c', 50],
  ]);
  assert.deepEqual([line.length, line.nextDue], [0, Infinity]);
});

test('an item that occupies the line holds up those behind it', () => {
  const { clock, line } = lineWith(0, 0);
  line.push(() => undefined, 500);
  assert.equal(line.nextDue, 500);
  line.push(() => undefined, 250);
  clock.now = 500;
  line.deliverDue();
  assert.equal(line.nextDue, 750);
});

test('an item that is due within the tolerance comes out, and a cleared line is empty', () => {
  const { line } = lineWith(1, 5);
  let out = 0;
  line.push(() => out++);
  line.push(() => out++);
  line.deliverDue(1);
  assert.equal(out, 1);
  line.clear();
  assert.equal(line.length, 0);
});
