import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answers, descents, judge, judgeRoom, mergeOrders, resyncMs } from '../verdict.mjs';
import { evening, without } from './evening.mjs';

const counts = (room) => {
  const { lost, duplicated, reordered } = judgeRoom(room);
  return [lost.length, duplicated.length, reordered.length];
};

test('an evening on which nothing happens has nothing to say', () => {
  const found = judge([evening()], 0);
  assert.deepEqual([found.sent, found.acknowledged, found.delivered], [6, 6, 18]);
  assert.deepEqual([found.lost, found.duplicated, found.reordered], [[], [], []]);
});

test('an acknowledged message that nobody had is lost, once for all', () => {
  const room = evening();
  for (const member of room.members) member.heard = without(member.heard, 'm5');
  assert.deepEqual(counts(room), [1, 0, 0]);
});

test('a message that was never acknowledged and that nobody had is not lost', () => {
  const room = evening();
  room.sends[5].ackedAt = null;
  for (const member of room.members) member.heard = without(member.heard, 'm5');
  assert.deepEqual(counts(room), [0, 0, 0]);
});

test('a message that one member had is lost for the member that never had it, acknowledged or not', () => {
  const room = evening();
  room.sends[3].ackedAt = null;
  room.members[1].heard = without(room.members[1].heard, 'm3');
  assert.deepEqual(judgeRoom(room).lost, ['ROOM01: Bob never had m3']);
});

test('a member with extensions must have what was said while it was away', () => {
  const room = evening();
  for (const one of room.members[0].heard.slice(4)) one.connection = 2;
  room.members[0].heard.splice(3, 1);
  assert.deepEqual(counts(room), [1, 0, 0]);
});

test('a member without extensions may miss what was said between two connections, and nothing within one', () => {
  const room = evening();
  const [, , cem] = room.members;
  for (const one of cem.heard.slice(4)) one.connection = 2;
  cem.heard.splice(3, 1);
  assert.deepEqual(counts(room), [0, 0, 0]);
  cem.heard = without(cem.heard, 'm1');
  assert.deepEqual(judgeRoom(room).lost, ['ROOM01: Cem never had m1']);
});

test('a member without extensions that is still connected must have the end', () => {
  const room = evening();
  room.members[2].heard.pop();
  assert.deepEqual(counts(room), [1, 0, 0]);
  room.members[2].open = false;
  assert.deepEqual(counts(room), [0, 0, 0]);
});

test('history that a stock member is shown again after it came back is no duplicate', () => {
  const room = evening();
  const [, , cem] = room.members;
  const again = cem.heard.slice(0, 3).map((one) => ({ ...one, how: 'joined', connection: 2, shown: false }));
  for (const one of cem.heard.slice(3)) one.connection = 2;
  cem.heard.splice(3, 0, ...again);
  assert.deepEqual(counts(room), [0, 0, 0]);
});

test('a message that a stock member has in its history and is told again is doubled', () => {
  const room = evening();
  const [, , cem] = room.members;
  cem.heard[0].how = 'joined';
  cem.heard.splice(1, 0, { ...cem.heard[0], how: 'live', shown: false });
  assert.deepEqual(counts(room), [0, 1, 0]);
});

test('the same live message twice over one connection is doubled', () => {
  const room = evening();
  const [ann] = room.members;
  const live = { ...ann.heard[2], how: 'live', shown: false };
  ann.heard.push({ ...live }, { ...live });
  assert.deepEqual(counts(room), [0, 1, 0]);
});

test('one message under two ids is doubled for everybody who had both', () => {
  const room = evening();
  for (const member of room.members.slice(0, 2)) member.heard.push({ ...member.heard[5], id: 'another' });
  assert.equal(judgeRoom(room).duplicated.length, 2);
});

test('a message that was said twice upsets nothing else', () => {
  const room = evening();
  for (const member of room.members) member.heard.push({ ...member.heard[1], id: 'again' });
  assert.deepEqual(counts(room), [0, 3, 0]);
});

test('two members with another order are reported', () => {
  const room = evening();
  const { heard } = room.members[1];
  [heard[2], heard[3]] = [heard[3], heard[2]];
  assert.deepEqual(counts(room), [0, 0, 1]);
});

test('acknowledgements that name another order than members saw are reported, and a place that is named twice', () => {
  const room = evening();
  [room.sends[1].seq, room.sends[2].seq] = [room.sends[2].seq, room.sends[1].seq];
  assert.deepEqual(counts(room), [0, 0, 1]);
  room.sends[2].seq = room.sends[1].seq;
  assert.deepEqual(counts(room), [0, 1, 0]);
});

test('a later epoch stands behind an earlier one, whatever its seq', () => {
  const room = evening();
  for (const send of room.sends.slice(3)) Object.assign(send, { epoch: 2, seq: send.seq - 12 });
  assert.deepEqual(counts(room), [0, 0, 0]);
});

test('orders are merged by what stands before', () => {
  assert.deepEqual(
    mergeOrders([
      ['a', 'b', 'd', 'e'],
      ['b', 'c', 'd'],
      ['x', 'a'],
    ]),
    ['x', 'a', 'b', 'c', 'd', 'e'],
  );
  assert.deepEqual(mergeOrders([]), []);
  assert.equal(descents(['a', 'c', 'b', 'd'], ['a', 'b', 'c', 'd']), 1);
});

test('resync is the longest wait for something new, and history counts', () => {
  const room = evening();
  room.members[1].heard[4] = { ...room.members[1].heard[4], at: 480, how: 'joined' };
  room.members[1].heard.splice(3, 1);
  room.members[1].heard.splice(4, 1);
  // After 250 came m3 at 305, and m4 for Bob at 480.
  assert.equal(resyncMs([room], 250), 230);
});

test('resync does not count what was sent before, however late it comes', () => {
  const room = evening();
  for (const member of room.members) member.heard = [{ ...member.heard[0], at: 900 }];
  assert.equal(resyncMs([room], 250), null);
});

test('answers: who lost the connection waits for none, who has none yet waits until the end', () => {
  const attempt = (at, answeredAt, ok, cutAt = null) => ({ at, answeredAt, ok, cutAt });
  const attempts = [
    attempt(5, 6, true),
    attempt(10, 15, false),
    attempt(11, 13, true),
    attempt(12, null, false),
    attempt(13, null, false, 14),
  ];
  assert.deepEqual(answers(attempts, 10, 20, 112), { refused: 1, unanswered: 1, slowestMs: 100 });
});
