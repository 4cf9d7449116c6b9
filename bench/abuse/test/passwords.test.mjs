import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextFree, passwordShortcomings, strangersAddress } from '../attacks/passwords.mjs';
import { attackShortcomings } from '../attacks/table.mjs';
import { Audience } from '../audience/audience.mjs';

const well = {
  guesses: 2990,
  'refused bad_password': 100,
  'refused rate_limited': 2890,
  'tries of a member': 7,
  'ms until the member was in': 4200,
};
const why = (changes) => passwordShortcomings({ ...well, ...changes }, { seconds: 15, quick: false });

test('guesses that are all rejected hold, when a member with the password gets in', () => {
  assert.deepEqual(why({}), []);
});

test('one guess that succeeds fails the attack', () => {
  assert.deepEqual(why({ 'refused rate_limited': 2889, acknowledged: 1 }), ['1 guesses let a stranger in']);
});

test('a guess is answered as wrong or as one of too many, and in no other way', () => {
  assert.deepEqual(why({ 'refused rate_limited': 2888, 'refused unavailable': 2 }), ['2 guesses were refused unavailable']);
  assert.deepEqual(why({ 'refused rate_limited': 2880 }), ['10 guesses were not answered']);
  const { 'refused bad_password': _, ...unchecked } = well;
  const counts = { ...unchecked, 'refused rate_limited': 2990 };
  assert.deepEqual(passwordShortcomings(counts, { seconds: 15, quick: false }), ['no guess was checked']);
});

test('few guesses are no proof, and a short run sends few', () => {
  const few = { ...well, guesses: 20, 'refused bad_password': 20, 'refused rate_limited': 0 };
  assert.match(passwordShortcomings(few, { seconds: 15, quick: false })[0], /only 20 guesses/);
  assert.deepEqual(passwordShortcomings(few, { seconds: 2, quick: true }), []);
});

test('a member who is kept out fails the attack', () => {
  const out = { 'ms until the member was in': undefined, 'tries of a member': 40 };
  assert.deepEqual(why(out), ['a member with the password was not let in within 40 tries']);
});

test('only an attack that says so is judged itself, and none that broke', () => {
  assert.deepEqual(attackShortcomings('json', { counts: {} }, true), []);
  assert.deepEqual(attackShortcomings('passwords', { counts: {}, problem: 'it broke' }, true), []);
  assert.equal(attackShortcomings('passwords', { counts: { guesses: 1 } }, true).length, 4);
});

test('strangers guess in turn, and those who wait, who have left or who are not there yet are passed over', () => {
  const stranger = (waits, closed) => ({ waits, socket: { closed } });
  const strangers = [stranger(false, false), stranger(true, false), null, stranger(false, true), stranger(false, false)];
  assert.deepEqual([nextFree(strangers, 0), nextFree(strangers, 4)], [4, 0]);
  assert.equal(nextFree([null, stranger(true, false)], 0), 0);
});

test('strangers have other addresses than those of another attacker', () => {
  const addresses = Array.from({ length: 5000 }, (_, n) => strangersAddress('127.0.0.30', n));
  assert.equal(new Set(addresses).size, addresses.length);
  assert.deepEqual([addresses[0], addresses[257]], ['10.30.0.0', '10.30.1.1']);
  assert.equal(strangersAddress('127.0.0.119', 1), '10.119.0.1');
});

test('nearly half of the rooms have a password, and never the one that newcomers join', () => {
  for (const [rooms, locked] of [
    [5, 2],
    [2, 1],
  ]) {
    const audience = new Audience({ url: 'http://127.0.0.1:1', rooms, size: 1, recorder: null });
    for (const [n, { members }] of audience.rooms.entries()) members[0].roomId = `ROOM${n}`;
    assert.equal(audience.locked.roomIds.length, locked);
    assert.ok(!audience.locked.roomIds.includes(audience.roomId));
  }
});
