import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encoded, readReply } from '../../redis-cost/connection.mjs';
import { scriptHere } from '../../redis-cost/operations.mjs';
import { microsEach, nanosOf, phase } from '../../redis-cost/phases.mjs';
import { linesOf, tableOf } from '../../redis-cost/report.mjs';
import { CommittedRoom, formOf, MEMBERS, PeerRoom } from '../../redis-cost/rooms.mjs';

const reply = (text) => readReply(Buffer.from(text));

test('a command has the length of each word in bytes', () => {
  assert.equal(encoded(['SET', 'a', 'ü', 12]), '*4\r\n$3\r\nSET\r\n$1\r\na\r\n$2\r\nü\r\n$2\r\n12\r\n');
});

test('replies and pushes of every kind are read', () => {
  assert.deepEqual(reply('+OK\r\n'), { type: '+', value: 'OK', next: 5 });
  assert.equal(reply(':1\r\n').value, 1);
  assert.equal(reply('$3\r\na\r\n\r\n').value, 'a\r\n');
  assert.equal(reply('$-1\r\n').value, null);
  assert.deepEqual(reply('>3\r\n+smessage\r\n$1\r\nc\r\n$1\r\nx\r\n').value, ['smessage', 'c', 'x']);
  assert.deepEqual(reply('%1\r\n+proto\r\n:3\r\n').value, ['proto', 3]);
  assert.equal(reply('-ERR no\r\n').type, '-');
});

test('a reply is not read before it is complete', () => {
  const whole = Buffer.from('*2\r\n$1\r\na\r\n*1\r\n:5\r\n');
  for (let length = 0; length < whole.length; length++) assert.equal(readReply(whole.subarray(0, length)), null);
  assert.deepEqual(readReply(whole).value, ['a', [5]]);
});

test('the arguments of a play are those of the script here, and of the one before', () => {
  const source = scriptHere();
  assert.equal(formOf(source), 'fields');
  assert.equal(formOf('local lifetime, log_size, log_lifetime, period = ARGV[5]'), 'periods');
  assert.equal(formOf('local lifetime, log_size, log_lifetime = ARGV[5], ARGV[6], ARGV[7]'), 'plain');
  const room = new CommittedRoom('C', 3);
  const now = 1_764_000_060_000;
  const play = room.play({ form: 'fields', publish: 'PUBLISH', now });
  // Lua counts from 1: the state is ARGV[12].
  assert.match(source, /local state, removed = ARGV\[12\], tonumber\(ARGV\[13\]\)/);
  assert.equal(JSON.parse(play[11]).id, room.id);
  assert.deepEqual(play.slice(12), [0, 0, 0, -1]);
  const older = room.play({ form: 'plain', publish: 'PUBLISH', now });
  assert.equal(JSON.parse(older[10]).seq, 3);
  assert.deepEqual(older.slice(11), [0, 0, -1]);
  assert.deepEqual([play[1], play[2], older[1], older[2]], [1, 2, 2, 3]);
  assert.notEqual(play[3], older[3]);
});

test('a room of the peer holds all members, and is written as a whole', () => {
  const room = new PeerRoom(1);
  const { users, videoState } = JSON.parse(room.played(60_000));
  assert.equal(users.length, MEMBERS);
  assert.equal(videoState.currentTime, 60);
});

test('a phase counts what was done, and the time of the process', { skip: process.platform !== 'linux' }, async () => {
  let done = 0;
  const played = await phase({ run: async () => void done++, rate: 1000, seconds: 0.02, pid: process.pid });
  assert.equal(played.count, done);
  assert.ok(done >= 1 && done <= 21, `${done}`);
  assert.ok(played.micros >= 0);
  assert.equal(microsEach({ count: 4, micros: 10 }), 2.5);
  assert.equal(nanosOf('123 45 6\n'), 123);
});

test('a figure is a median with its spread, and its ratio to the peer in the same turn', () => {
  const phases = (...all) => all.map((micros) => ({ count: 10, micros: micros * 10, seconds: 1 }));
  const lines = linesOf([
    { load: 'slow', operation: 'GET, SETEX', phases: phases(10, 20, 30) },
    { load: 'slow', operation: 'commit.lua', phases: phases(20, 30, 30) },
  ]);
  const [, commit] = lines;
  assert.deepEqual([commit.value, commit.ratio, commit.runs, commit.perSecond], [30, 1.5, 3, 10]);
  assert.deepEqual(commit.spread, { value: [20, 30], ratio: [1, 2] });
  assert.match(tableOf(lines), /\| slow \| commit\.lua \| 30 \(20 to 30\) \| 1\.5 \(1 to 2\) \|/);
});
