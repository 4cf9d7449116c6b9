import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Unreachable, until } from '../waiting.mjs';

test('a wait ends with the first true value', async () => {
  const values = [0, null, 'there', 'later'];
  assert.equal(await until('a value', () => values.shift(), { everyMs: 0 }), 'there');
  assert.deepEqual(values, ['later']);
});

test('an error counts as not yet, and is the cause when the time is over', async () => {
  let tries = 0;
  const first = () => {
    if (tries++ === 0) throw new Error('not yet');
    return true;
  };
  assert.equal(await until('the second try', first, { everyMs: 0 }), true);
  const never = () => Promise.reject(new Error('no'));
  const failed = await until(() => 'anything', never, { withinMs: 0, everyMs: 0 }).catch((problem) => problem);
  assert.match(failed.message, /not within 0 ms: anything/);
  assert.equal(failed.cause.message, 'no');
});

test('what can no longer come true ends the wait at once', async () => {
  let tries = 0;
  const condition = () => {
    tries++;
    throw new Unreachable('it has ended');
  };
  await assert.rejects(until('anything', condition), /it has ended/);
  assert.equal(tries, 1);
});
