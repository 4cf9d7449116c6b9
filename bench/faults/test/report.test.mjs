import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOUNDS, QUICK_BOUNDS, readOptions } from '../options.mjs';
import { FAULTS, QUICK_FAULTS } from '../faults/table.mjs';
import { lastLine, shortcomings, sumUp, table } from '../report.mjs';
import { compare } from '../seats.mjs';

const goodOutcome = () => ({
  verdict: {
    sent: 9,
    acknowledged: 8,
    delivered: 30,
    lost: [],
    duplicated: [],
    reordered: [],
    resyncMs: 800,
    resyncExtendedMs: 700,
  },
  answered: { refused: 1, unanswered: 0, slowestMs: 90 },
  problems: [],
  notes: ['1 refused'],
});

test('without names all faults run, and the quick run has its own', () => {
  assert.deepEqual(readOptions([]).names, Object.keys(FAULTS));
  assert.deepEqual(readOptions(['--quick']).names, QUICK_FAULTS);
  assert.deepEqual(readOptions(['--quick']).bounds, QUICK_BOUNDS);
  assert.deepEqual(readOptions(['redis-stop', '--out', 'x', '--', 'java', '-p']), {
    names: ['redis-stop'],
    program: ['java', '-p'],
    bounds: BOUNDS,
    out: 'x',
  });
});

test('an unknown word is rejected', () => {
  for (const words of [['nothing'], ['--out'], ['--constructor'], ['constructor']])
    assert.throws(() => readOptions(words), /fault|folder/);
});

test('an outcome that holds has no shortcomings, and its last line says so', () => {
  assert.deepEqual(shortcomings(goodOutcome(), BOUNDS), []);
  const line = lastLine({ name: 'redis-stop', outcome: goodOutcome() });
  assert.deepEqual(line, { fault: 'redis-stop', sent: 9, acknowledged: 8, lost: 0, duplicated: 0, reordered: 0, resyncMs: 800 });
});

test('each thing that is wrong is a shortcoming', () => {
  const changes = [
    ({ verdict }) => verdict.lost.push('a'),
    ({ verdict }) => verdict.duplicated.push('a'),
    ({ verdict }) => verdict.reordered.push('a'),
    ({ problems }) => problems.push('a'),
    ({ verdict }) => (verdict.resyncMs = 3001),
    ({ verdict }) => (verdict.resyncMs = null),
    ({ answered }) => (answered.slowestMs = 2001),
    ({ verdict }) => (verdict.acknowledged = 4),
  ];
  for (const change of changes) {
    const outcome = goodOutcome();
    change(outcome);
    assert.equal(shortcomings(outcome, BOUNDS).length, 1, String(change));
  }
  assert.deepEqual(shortcomings({ broken: 'no' }, BOUNDS), ['no']);
});

test('a fault that was not run gives the reason, in the sentences and in the table', () => {
  const outcome = { skipped: 'no libfaketime' };
  assert.deepEqual(shortcomings(outcome, BOUNDS), []);
  assert.deepEqual(sumUp(outcome), ['not run: no libfaketime']);
  assert.deepEqual(lastLine({ name: 'clock-jump', outcome }), { fault: 'clock-jump', skipped: true });
  assert.match(table([{ name: 'clock-jump', description: 's', outcome, why: [] }]), /not run: no libfaketime/);
});

test('the table has the figures and the verdict', () => {
  const row = table([{ name: 'n', description: 's', outcome: goodOutcome(), why: [] }])
    .split('\n')
    .at(-1);
  assert.equal(row, '| n | s | 9 | 8 | 1 | 30 | 0 | 0 | 0 | 800 (700) | 90 | holds |');
});

test('a right snapshot has nothing wrong; another seat, role, member or a missing message is found', () => {
  const users = () => [
    { id: 'u1', name: 'Ann', isHost: true },
    { id: 'u2', name: 'Bob', isHost: false },
  ];
  const expected = {
    members: [
      { name: 'Ann', userId: 'u1' },
      { name: 'Bob', userId: 'u2' },
    ],
    order: ['a', 'b', 'c'],
    host: 'u1',
  };
  const snapshot = (change = () => undefined) => {
    const one = { room: { users: users() }, messages: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] };
    change(one);
    return compare(one, expected).length;
  };
  assert.equal(snapshot(), 0);
  assert.equal(
    snapshot(({ room }) => (room.users[1].id = 'u9')),
    1,
  );
  assert.equal(
    snapshot(({ room }) => (room.users[1].away = true)),
    1,
  );
  assert.equal(
    snapshot(({ room }) => room.users.push({ id: 'u3', name: 'Ghost', isHost: false })),
    1,
  );
  assert.equal(
    snapshot(({ messages }) => messages.pop()),
    1,
  );
  assert.equal(
    snapshot(({ room }) => (room.users[0].isHost = false)),
    2,
  );
});
