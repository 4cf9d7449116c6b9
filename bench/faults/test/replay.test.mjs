import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeCommands } from '../faults/replay.mjs';

/** Two senders, four commands, two observers, without a fault. */
function recording() {
  const sent = [
    { event: 'send-message', mark: 0, by: 0, n: 0, ok: true, epoch: 1, seq: 11 },
    { event: 'play-video', mark: 1, by: 0, n: 1, ok: true, epoch: 1, seq: 13 },
    { event: 'send-message', mark: 2, by: 1, n: 0, ok: true, epoch: 1, seq: 12 },
    { event: 'pause-video', mark: 3, by: 1, n: 1, ok: true, epoch: 1, seq: 14 },
  ];
  const timeline = (seq, phase, position) => [1, seq, 'timeline', { phase, position, at: 7, seq, item: 1, rate: 1 }];
  const history = () => [
    [1, 11, 'new-message', { message: { message: 'm0' } }],
    [1, 12, 'new-message', { message: { message: 'm2' } }],
    [1, 13, 'video-played', { currentTime: 1 }],
    timeline(13, 'playing', 1),
    [1, 14, 'video-paused', { currentTime: 3 }],
    timeline(14, 'paused', 3),
  ];
  const snapshot = () => ({
    room: { videoState: { isPlaying: false, currentTime: 3 } },
    messages: [{ message: 'm0' }, { message: 'm2' }],
    timeline: { phase: 'paused', position: 3, at: 7, seq: 14, item: 1, rate: 1 },
  });
  return { sent, histories: [history(), history()], snapshots: [snapshot(), snapshot()] };
}

const counts = ({ sent, histories, snapshots }) => {
  const { lost, duplicated, reordered, problems } = judgeCommands(sent, histories, snapshots);
  return [lost.length, duplicated.length, reordered.length, problems.length];
};

test('changes that hold each acknowledged command once are right', () => {
  assert.deepEqual(counts(recording()), [0, 0, 0, 0]);
});

test('an acknowledged command that an observer never had is lost, and the gap is named', () => {
  const found = recording();
  found.histories[1] = found.histories[1].filter(([, seq]) => seq !== 12);
  found.snapshots[1].messages.pop();
  assert.deepEqual(counts(found), [1, 0, 0, 1]);
});

test('a command that is applied twice is a duplicate', () => {
  const found = recording();
  found.histories[0].push([1, 15, 'new-message', { message: { message: 'm2' } }]);
  found.snapshots[0].messages.push({ message: 'm2' });
  assert.equal(counts(found)[1], 1);
});

test('two acknowledgements with one seq are reported', () => {
  const found = recording();
  found.sent[0].seq = 12;
  assert.equal(counts(found)[1], 1);
});

test('a command that was rejected and applied is reported', () => {
  const found = recording();
  Object.assign(found.sent[2], { ok: false, outcome: 'rejected: unavailable' });
  assert.deepEqual(counts(found), [0, 0, 0, 2]);
});

test('another order at two observers is reported', () => {
  const found = recording();
  const [first, second, ...rest] = found.histories[1];
  found.histories[1] = [[1, 11, second[2], second[3]], [1, 12, first[2], first[3]], ...rest];
  assert.ok(counts(found)[2] >= 1);
});

test('an end state that the changes do not make is reported', () => {
  const playing = recording();
  playing.snapshots[0].room.videoState.isPlaying = true;
  assert.equal(counts(playing)[3], 1);
  const elsewhere = recording();
  elsewhere.snapshots[1].timeline.position = 4;
  assert.equal(counts(elsewhere)[3], 1);
  const chat = recording();
  chat.snapshots[0].messages.reverse();
  assert.equal(counts(chat)[3], 1);
  const gone = recording();
  gone.snapshots[0] = null;
  assert.equal(counts(gone)[3], 1);
});
