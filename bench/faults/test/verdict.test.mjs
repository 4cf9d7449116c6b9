import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answers, descents, judge, judgeRoom, mergeOrders, resyncMs } from '../verdict.mjs';
import { recording, without } from './recording.mjs';

const counts = (room) => {
  const { lost, duplicated, reordered } = judgeRoom(room);
  return [lost.length, duplicated.length, reordered.length];
};

test('a recording without a fault has no findings', () => {
  const found = judge([recording()], 0);
  assert.deepEqual([found.sent, found.acknowledged, found.delivered], [6, 6, 18]);
  assert.deepEqual([found.lost, found.duplicated, found.reordered], [[], [], []]);
});

test('an acknowledged message that no member had is lost, once for all', () => {
  const room = recording();
  for (const member of room.members) member.received = without(member.received, 'm5');
  assert.deepEqual(counts(room), [1, 0, 0]);
});

test('a message that was never acknowledged and that no member had is not lost', () => {
  const room = recording();
  room.sends[5].ackedAt = null;
  for (const member of room.members) member.received = without(member.received, 'm5');
  assert.deepEqual(counts(room), [0, 0, 0]);
});

test('a message that one member had is lost for the member that never had it, acknowledged or not', () => {
  const room = recording();
  room.sends[3].ackedAt = null;
  room.members[1].received = without(room.members[1].received, 'm3');
  assert.deepEqual(judgeRoom(room).lost, ['ROOM01: Bob never had m3']);
});

test('an extended client must have what was sent while it was away', () => {
  const room = recording();
  for (const one of room.members[0].received.slice(4)) one.connection = 2;
  room.members[0].received.splice(3, 1);
  assert.deepEqual(counts(room), [1, 0, 0]);
});

test('a stock client may miss what was sent between two connections, and nothing within one', () => {
  const room = recording();
  const [, , cem] = room.members;
  for (const one of cem.received.slice(4)) one.connection = 2;
  cem.received.splice(3, 1);
  assert.deepEqual(counts(room), [0, 0, 0]);
  cem.received = without(cem.received, 'm1');
  assert.deepEqual(judgeRoom(room).lost, ['ROOM01: Cem never had m1']);
});

test('a stock client that is still connected must have the end', () => {
  const room = recording();
  room.members[2].received.pop();
  assert.deepEqual(counts(room), [1, 0, 0]);
  room.members[2].open = false;
  assert.deepEqual(counts(room), [0, 0, 0]);
});

test('history that a stock client receives again after it came back is no duplicate', () => {
  const room = recording();
  const [, , cem] = room.members;
  const again = cem.received.slice(0, 3).map((one) => ({ ...one, how: 'joined', connection: 2, shown: false }));
  for (const one of cem.received.slice(3)) one.connection = 2;
  cem.received.splice(3, 0, ...again);
  assert.deepEqual(counts(room), [0, 0, 0]);
});

test('a message that a stock client has in its history and receives again is a duplicate', () => {
  const room = recording();
  const [, , cem] = room.members;
  cem.received[0].how = 'joined';
  cem.received.splice(1, 0, { ...cem.received[0], how: 'live', shown: false });
  assert.deepEqual(counts(room), [0, 1, 0]);
});

test('the same live message twice over one connection is a duplicate', () => {
  const room = recording();
  const [ann] = room.members;
  const live = { ...ann.received[2], how: 'live', shown: false };
  ann.received.push({ ...live }, { ...live });
  assert.deepEqual(counts(room), [0, 1, 0]);
});

test('one message under two ids is a duplicate for each member that had both', () => {
  const room = recording();
  for (const member of room.members.slice(0, 2)) member.received.push({ ...member.received[5], id: 'another' });
  assert.equal(judgeRoom(room).duplicated.length, 2);
});

test('a message that was sent twice has no other effect', () => {
  const room = recording();
  for (const member of room.members) member.received.push({ ...member.received[1], id: 'again' });
  assert.deepEqual(counts(room), [0, 3, 0]);
});

test('two members with another order are reported', () => {
  const room = recording();
  const { received } = room.members[1];
  [received[2], received[3]] = [received[3], received[2]];
  assert.deepEqual(counts(room), [0, 0, 1]);
});

test('acknowledgements that name another order than members saw are reported, and a position that is named twice', () => {
  const room = recording();
  [room.sends[1].seq, room.sends[2].seq] = [room.sends[2].seq, room.sends[1].seq];
  assert.deepEqual(counts(room), [0, 0, 1]);
  room.sends[2].seq = room.sends[1].seq;
  assert.deepEqual(counts(room), [0, 1, 0]);
});

test('a later epoch stands behind an earlier one, whatever its seq', () => {
  const room = recording();
  for (const send of room.sends.slice(3)) Object.assign(send, { epoch: 2, seq: send.seq - 12 });
  assert.deepEqual(counts(room), [0, 0, 0]);
});

test('orders are merged by the predecessor of each item', () => {
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

test('resync is the longest wait for a new message, and history counts', () => {
  const room = recording();
  room.members[1].received[4] = { ...room.members[1].received[4], at: 480, how: 'joined' };
  room.members[1].received.splice(3, 1);
  room.members[1].received.splice(4, 1);
  // After 250 came m3 at 305, and m4 for Bob at 480.
  assert.equal(resyncMs([room], 250), 230);
});

test('resync does not count what was sent before, however late it comes', () => {
  const room = recording();
  for (const member of room.members) member.received = [{ ...member.received[0], at: 900 }];
  assert.equal(resyncMs([room], 250), null);
});

test('answers: a client that lost its connection waits for none, one without an answer waits until the end', () => {
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
