import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latencies, quantile, Recorder } from '../audience/recorder.mjs';
import { heapShortcomings, shortcomings } from '../verdict.mjs';

const calm = { seconds: 10, clock: { count: 1000, p50: 1, p99: 3, max: 9 } };
const well = (changes = {}) => ({
  seconds: 10,
  clock: { count: 990, p50: 1, p99: 20, max: 60 },
  refusals: [],
  disconnects: [],
  ailment: null,
  logLines: 100,
  attack: { counts: { connections: 3 } },
  ...changes,
});
const why = (changes, timed = true) => shortcomings(well(changes), { calm, timed });

test('a phase in which members notice nothing holds', () => {
  assert.deepEqual(why(), []);
});

test('a late clock fails where latency is judged, and nowhere else', () => {
  const clock = { count: 990, p50: 1, p99: 50, max: 60 };
  assert.equal(why({ clock }).length, 1);
  assert.deepEqual(why({ clock }, false), []);
  assert.match(why({ clock: { ...clock, p99: Number.POSITIVE_INFINITY } })[0], /never/);
});

test('what is refused, who is disconnected, a process that is ill, and one that fills its log fail always', () => {
  const one = [{ at: 1, who: 'Ann', what: 'join-room: room_full' }];
  assert.match(why({ refusals: one }, false)[0], /1 refused: Ann: join-room: room_full/);
  assert.match(why({ disconnects: one }, false)[0], /1 disconnected/);
  assert.deepEqual(why({ logLines: 101 }, false), ['101 lines of log']);
  assert.deepEqual(why({ ailment: 'the process has ended' }, false), ['the process has ended']);
});

test('few answers are no proof, and neither is an attack that did nothing', () => {
  assert.match(why({ clock: { count: 400, p50: 1, p99: 2, max: 2 } })[0], /only 400/);
  assert.deepEqual(why({ attack: { counts: {} } }), ['the attack did nothing']);
  assert.match(why({ attack: { counts: { connections: 1 }, problem: 'Error: no\nat' } })[0], /the attack broke: Error: no$/);
});

test('a heap may hold a tenth more, and two megabytes when the attacks were not rehearsed', () => {
  const heapWhy = (beforeMb, afterMb, rehearsed) => heapShortcomings({ beforeMb, afterMb, rehearsed });
  assert.deepEqual(heapWhy(40, 44, true), []);
  assert.equal(heapWhy(40, 44.1, true).length, 1);
  assert.equal(heapWhy(11, 13, true).length, 1);
  assert.deepEqual(heapWhy(11, 13, false), []);
  assert.equal(heapWhy(11, 13.1, false).length, 1);
  assert.equal(heapWhy(null, 13, true).length, 1);
  assert.equal(heapWhy(20, null, true).length, 1);
});

test('quantiles are of the nearest rank', () => {
  assert.equal(quantile([], 0.5), null);
  assert.equal(quantile([7], 0.99), 7);
  const hundred = Array.from({ length: 100 }, (_, n) => n + 1);
  assert.deepEqual([quantile(hundred, 0.5), quantile(hundred, 0.99)], [50, 99]);
  assert.deepEqual(latencies([{ ms: 3 }, { ms: 1 }]), { count: 2, p50: 1, p99: 3, max: 3 });
});

test('a recorder tells phases apart by when something began', () => {
  let now = 100;
  const recorder = new Recorder(() => now);
  now = 104;
  recorder.clock(101, 'Ann', { ok: true });
  recorder.clock(102, 'Bob', { ok: false, code: 'rate_limited' });
  recorder.clock(103, 'Cem', null);
  now = 300;
  recorder.clock(200, 'Ann', { ok: true });
  recorder.disconnected('Bob', 'transport close');
  const { clock, refusals, disconnects } = recorder.between(100, 200);
  assert.deepEqual(clock, { count: 3, p50: 3, p99: Number.POSITIVE_INFINITY, max: Number.POSITIVE_INFINITY });
  assert.deepEqual(
    refusals.map(({ what }) => what),
    ['clock: rate_limited', 'no answer to clock'],
  );
  assert.deepEqual(disconnects, []);
  assert.equal(recorder.between(200, 301).disconnects.length, 1);
});
