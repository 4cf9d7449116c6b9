import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutPasswords } from '../faults/rights.mjs';
import { allowed, judgeChanges, judgeReading, lostKnocks, thingsOf, wrongRejections } from '../rights/judge.mjs';

const EPOCH = 1_795_943_035_771;
const START = { title: null, control: 'hosts', owner: 'ann', password: false };

/** A command that was sent at that time and acknowledged 5 ms later, at that seq. */
const command = (event, payload, at, seq, change = null, more = {}) => ({
  ...{ event, payload, change, by: 'Ann', mayFail: [], at, answeredAt: at + 5, cutAt: null, ok: true },
  ...{ code: null, retryable: false, epoch: EPOCH, seq, ...more },
});
const unknown = (one) => ({ ...one, ok: false, answeredAt: null, cutAt: one.at + 3, epoch: undefined, seq: undefined });
const rejected = (one, code) => ({ ...one, ok: false, code, epoch: undefined, seq: undefined });
const settings = (title, at, seq) =>
  command('set-settings', { title, control: 'hosts' }, at, seq, {
    name: 'settings-changed',
    fields: { 'settings.title': title },
    unique: true,
  });
const settingsChanged = (title, seq) => [EPOCH, seq, 'settings-changed', { settings: { title } }];

/** Two hosts who have received two settings and a seek of one of them. */
function recording() {
  const seek = { name: 'video-seeked', fields: { currentTime: 7 }, unique: true };
  const commands = [settings('one', 100, 11), settings('two', 200, 12), command('seek-video', { currentTime: 7 }, 300, 13, seek)];
  const timeline = [EPOCH, 13, 'timeline', { position: 7 }];
  const changes = () => [settingsChanged('one', 11), settingsChanged('two', 12)];
  const seeked = [EPOCH, 13, 'video-seeked', { currentTime: 7, userId: 'ann' }];
  const hostSince = { epoch: 0, seq: 0 };
  const hosts = [
    { name: 'Ann', userId: 'ann', hostSince, changes: [...changes(), timeline], jumps: [] },
    { name: 'Bob', userId: 'bob', hostSince, changes: [...changes(), seeked, timeline], jumps: [] },
  ];
  return { id: 'ROOM01', commands, hosts };
}

const counts = (found) => {
  const { lost, duplicated, reordered } = judgeChanges(found);
  return [lost.length, duplicated.length, reordered.length];
};

test('changes that both hosts have received are right, and nobody is sent its own control', () => {
  assert.deepEqual(counts(recording()), [0, 0, 0]);
});

test('an acknowledged change that a host never had is lost, and the other host shows it too', () => {
  const found = recording();
  found.hosts[1].changes.splice(1, 1);
  assert.deepEqual(counts(found), [2, 0, 0]);
});

test('a change that no command made is lost for the host that never had it, once it is a host', () => {
  const found = recording();
  found.hosts[0].changes.push([EPOCH, 14, 'knock', { knockId: 'k' }]);
  assert.deepEqual(counts(found), [1, 0, 0]);
  found.hosts[1].hostSince = { epoch: EPOCH, seq: 15 };
  assert.deepEqual(counts(found), [0, 0, 0]);
});

test('what a host has as a snapshot is not lost', () => {
  const found = recording();
  found.hosts[1].changes.splice(1, 1);
  found.hosts[1].jumps.push({ from: { epoch: EPOCH, seq: 11 }, to: { epoch: EPOCH, seq: 12 } });
  assert.deepEqual(counts(found), [0, 0, 0]);
});

test('a change elsewhere than where it was acknowledged is reordered, and so is a history that goes back', () => {
  const found = recording();
  found.commands[0].seq = 14;
  assert.equal(counts(found)[2], 2);
  const back = recording();
  for (const { changes } of back.hosts) [changes[0], changes[1]] = [changes[1], changes[0]];
  assert.deepEqual(counts(back), [0, 0, 2]);
});

test('a change that was made twice, or although it was rejected, is a duplicate; one of unknown outcome may be made once', () => {
  const found = recording();
  for (const { changes } of found.hosts) changes.push(settingsChanged('one', 14));
  assert.deepEqual(counts(found), [0, 2, 0]);
  const refused = recording();
  refused.commands[1] = rejected(refused.commands[1], 'not_host');
  assert.deepEqual(counts(refused), [0, 2, 0]);
  const open = recording();
  open.commands[1] = unknown(open.commands[1]);
  assert.deepEqual(counts(open), [0, 0, 0]);
});

test('a password sends the same settings again, which is no duplicate', () => {
  const found = recording();
  for (const { changes } of found.hosts) changes.push(settingsChanged('two', 14));
  assert.deepEqual(counts(found), [0, 0, 0]);
});

test('two acknowledgements at one place are reported', () => {
  const found = recording();
  found.commands[0].seq = 12;
  assert.equal(counts(found)[1], 1);
});

const ban = (at, seq) =>
  command('remove-member', { userId: 'eve', ban: {} }, at, seq, null, { banId: 'ban', name: 'Eve', names: ['Eve', 'Eve again'] });
const lift = (at, seq) => command('lift-ban', { banId: 'ban' }, at, seq);
const join = (more = {}) => ({ name: 'Kim', at: 10, answeredAt: 20, cutAt: null, ok: false, knockId: 'k', ...more });
const answer = (at, seq) => command('answer-knock', { knockId: 'k', accept: true }, at, seq);
const EMPTY = { from: 5000, to: 5010, settledMs: 1000, bans: null, invites: null, knocks: null, room: null };

const wrongIn = (commands, reading, joins = []) =>
  judgeReading({ id: 'ROOM01', commands, things: thingsOf(commands, joins), start: START }, { ...EMPTY, ...reading }).length;

test('an acknowledged ban is in the list until it is lifted, and not after that', () => {
  const listed = { bans: [{ banId: 'ban', userName: 'Eve' }] };
  assert.equal(wrongIn([ban(100, 3)], listed), 0);
  assert.equal(wrongIn([ban(100, 3)], { bans: [] }), 1);
  assert.equal(wrongIn([ban(100, 3), lift(200, 4)], { bans: [] }), 0);
  assert.equal(wrongIn([ban(100, 3), lift(200, 4)], listed), 1);
  assert.equal(wrongIn([], listed), 1);
});

test('what was changed just now, or perhaps, may be in the list or not', () => {
  const listed = { bans: [{ banId: 'ban', userName: 'Eve' }] };
  for (const commands of [
    [ban(4500, 3)],
    [{ ...unknown(ban(100, 3)), banId: undefined }],
    [ban(100, 3), unknown(lift(200, 4))],
  ]) {
    assert.equal(wrongIn(commands, listed), 0);
    assert.equal(wrongIn(commands, { bans: [] }), 0);
  }
  assert.equal(wrongIn([ban(100, 3), rejected(lift(200, 4), 'not_host')], { bans: [] }), 1);
});

test('an invitation is there until it is revoked', () => {
  const made = command('create-invite', { uses: 3 }, 100, 3, null, { inviteId: 'i' });
  const revoked = command('revoke-invite', { inviteId: 'i' }, 200, 4);
  assert.equal(wrongIn([made], { invites: [] }), 1);
  assert.equal(wrongIn([made], { invites: [{ inviteId: 'i' }] }), 0);
  assert.equal(wrongIn([made, revoked], { invites: [{ inviteId: 'i' }] }), 1);
});

test('a knock waits until it is answered, over all joins that found it again', () => {
  const waiting = { knocks: [{ knockId: 'k', userName: 'Kim' }] };
  const joins = [join(), join({ at: 30, answeredAt: 40 })];
  assert.equal(wrongIn([], waiting, joins), 0);
  assert.equal(wrongIn([], { knocks: [] }, [join()]), 1);
  assert.equal(wrongIn([answer(100, 3)], { knocks: [] }, joins), 0);
  assert.equal(wrongIn([answer(100, 3)], waiting, joins), 1);
  assert.equal(wrongIn([], waiting, [join({ knockId: null, answeredAt: null, cutAt: 15 })]), 0);
});

test('an acknowledged knock that nobody has answered or finds waiting is lost', () => {
  const knocks = (commands) => thingsOf(commands, [join()]).knocks;
  assert.equal(lostKnocks('ROOM01', knocks([]), [], []).length, 1);
  assert.equal(lostKnocks('ROOM01', knocks([]), ['k'], []).length, 0);
  assert.equal(lostKnocks('ROOM01', knocks([]), [], ['k']).length, 0);
  assert.equal(lostKnocks('ROOM01', knocks([answer(100, 3)]), [], []).length, 0);
  assert.equal(lostKnocks('ROOM01', knocks([unknown(answer(100, 3))]), [], []).length, 1);
});

const room = (change = () => undefined) => {
  const one = {
    settings: { title: null, control: 'hosts', hasPassword: false },
    hostId: 'ann',
    users: [{ id: 'ann', name: 'Ann' }],
  };
  change(one);
  return { room: one };
};

test('nobody who is banned is in the room, under no name', () => {
  assert.equal(wrongIn([ban(100, 3)], room()), 0);
  for (const user of [
    { id: 'eve', name: 'Other' },
    { id: 'u9', name: 'Eve again' },
  ]) {
    const inside = room((one) => one.users.push(user));
    assert.equal(wrongIn([ban(100, 3)], inside), 1);
    assert.equal(wrongIn([ban(100, 3), lift(200, 4)], inside), 0);
  }
});

test('settings, owner, password and mutes are those of the last acknowledged command', () => {
  const commands = [
    settings('one', 100, 3),
    settings('two', 200, 4),
    command('transfer-room', { userId: 'bob' }, 300, 5),
    command('set-password', { password: 'secret' }, 400, 6),
    command('mute-member', { userId: 'ann', muted: true }, 500, 7),
  ];
  const right = (one) => {
    Object.assign(one.settings, { title: 'two', hasPassword: true });
    Object.assign(one, { hostId: 'bob', users: [{ id: 'ann', name: 'Ann', muted: true }] });
  };
  assert.equal(wrongIn(commands, room(right)), 0);
  assert.equal(wrongIn(commands, room()), 4);
  const older = room((one) => {
    right(one);
    one.settings.title = 'one';
  });
  assert.equal(wrongIn(commands, older), 1);
});

test('of two values the one with the later seq holds, whichever was acknowledged first', () => {
  const write = (value, at, seq) => ({ ...command('x', {}, at, seq), value });
  const reading = { from: 5000, to: 5010, settledMs: 1000 };
  assert.deepEqual([...allowed([write('a', 200, 3), write('b', 100, 4)], 'first', reading)], ['b']);
  assert.deepEqual([...allowed([write('a', 100, 3), write('b', 4800, 4)], 'first', reading)], ['a', 'b']);
  assert.deepEqual([...allowed([unknown(write('a', 100, 3))], 'first', reading)], ['first', 'a']);
  assert.deepEqual([...allowed([rejected(write('a', 100, 3), 'not_host')], 'first', reading)], ['first']);
});

test('a rejection that no rule explains is reported, one by the outage is not', () => {
  const one = settings('one', 100, 3);
  assert.equal(wrongRejections('ROOM01', [rejected(one, 'not_host')]).length, 1);
  assert.equal(wrongRejections('ROOM01', [{ ...rejected(one, 'not_host'), mayFail: ['not_host'] }]).length, 0);
  assert.equal(wrongRejections('ROOM01', [{ ...rejected(one, 'unavailable'), retryable: true }, unknown(one)]).length, 0);
});

test('a password may be late, and what its sender sends behind it', () => {
  const password = command('set-password', { password: 'secret' }, 100, 3, null, { answeredAt: 900 });
  const sent = [password, settings('behind', 200, 4), settings('later', 950, 5), { ...settings('other', 200, 6), by: 'Bob' }];
  assert.deepEqual(withoutPasswords(sent, sent), sent.slice(2));
});
