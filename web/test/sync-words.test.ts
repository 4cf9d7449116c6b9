import { describe, expect, test } from 'vitest';
import { type ViewerState, boundText, driftForVoice, driftInWords, driftText, isReady, stateWord } from '../src/room/sync-words';
import { type MemberStates, lateNames, waitingText, lateMembers } from '../src/room/late-members';
import { aTimeline, aUser } from './support/wire';

describe('drift as text', () => {
  test.each([
    [12, '+12 ms', '12 ms behind'],
    [-3.4, '−3 ms', '3 ms ahead'],
    [0.2, '0 ms', 'in time'],
    [-0.2, '0 ms', 'in time'],
    [-999, '−999 ms', '999 ms ahead'],
    [12_345, '+12.3 s', '12.3 s behind'],
  ])('%d', (ms, figure, words) => {
    expect(driftText(ms)).toBe(figure);
    expect(driftInWords(ms)).toBe(words);
  });

  test('a bound is at least 1 ms', () => expect([boundText(0.1), boundText(6.4)]).toEqual(['± 1 ms', '± 6 ms']));

  test('the own free state is in the first person', () => {
    expect([stateWord('free', true), stateWord('free', false), stateWord('none', false)]).toEqual([
      'on my own',
      'on their own',
      '',
    ]);
  });

  test('VF3 states that delay no barrier', () => {
    const ready = (['none', 'loading', 'ready', 'synced', 'correcting', 'buffering', 'blocked', 'free', 'failed', 'stuck', 'live', 'no_copy'] as const).filter(isReady); // prettier-ignore
    expect(ready).toEqual(['ready', 'synced', 'correcting', 'free', 'stuck', 'live', 'no_copy']);
  });
});

describe('late members', () => {
  const users = ['Ana', 'Bo', 'Cem', 'Dan', 'Eve', 'Fay'].map((name, i) => aUser({ id: `u${i}`, name }));
  const sync = (of: Record<string, [ViewerState, number]>): MemberStates['sync'] =>
    new Map(Object.entries(of).map(([id, [state, seq]]) => [id, { drift: null, bound: null, state, seq }]));
  const preparing = (reason: 'seek' | 'stall', ids: string[]) =>
    aTimeline({ seq: 9, phase: 'preparing', resume: true, waiting: { reason, for: ids, until: 5000 } });
  const everybody = users.map((user) => user.id);
  const said = (
    timeline: ReturnType<typeof preparing>,
    known: MemberStates['sync'],
    myState: MemberStates['myState'] = 'ready',
  ) => waitingText(lateMembers(timeline, { users, sync: known, meId: 'u0', myState }));

  test('unknown states only: members that have not reported since', () => {
    expect(said(preparing('seek', ['u0', 'u1']), sync({ u1: ['synced', 5] }))).toBe('Waiting for Bo');
    expect(said(preparing('seek', everybody), sync({}))).toBe('Waiting for Bo, Cem, Dan and 2 others');
  });

  test('a member known to load is named alone, with the reason', () => {
    const known = sync({ u1: ['loading', 5], u2: ['synced', 5], u3: ['ready', 9] });
    expect(said(preparing('seek', everybody), known)).toBe('Waiting for Bo (loading)');
    expect(said(preparing('seek', ['u0', 'u2', 'u3']), known)).toBe('Waiting for Cem');
  });

  test('a state from before the seek is only likely: a certain one is named alone', () => {
    const known = sync({ u1: ['loading', 5] });
    expect(said(preparing('seek', ['u0', 'u1']), known, 'loading')).toBe('Waiting for you (loading)');
    expect(said(preparing('seek', everybody), sync({ u1: ['loading', 5], u2: ['buffering', 9] }))).toBe(
      'Waiting for Cem (buffering)',
    );
  });

  test('two reasons have no common text', () => {
    const known = sync({ u1: ['loading', 9], u2: ['buffering', 9] });
    expect(said(preparing('seek', everybody), known)).toBe('Waiting for Bo and Cem');
  });

  test('the own state is current', () => {
    expect(said(preparing('seek', ['u0', 'u1']), sync({ u1: ['ready', 9] }), 'loading')).toBe('Waiting for you (loading)');
  });

  test('a member that stalls is late, whatever it reported', () => {
    expect(said(preparing('stall', ['u1']), sync({ u1: ['synced', 8] }))).toBe('Waiting for Bo (buffering)');
    expect(said(preparing('stall', ['u1']), sync({}))).toBe('Waiting for Bo (buffering)');
    expect(said(preparing('stall', ['u1']), sync({ u1: ['loading', 8] }))).toBe('Waiting for Bo (loading)');
  });

  test('members that left or are away are not named; without any, everybody', () => {
    const away = users.map((user) => ({ ...user, away: user.id === 'u1' }));
    const late = lateMembers(preparing('seek', ['u1', 'u9']), { users: away, sync: sync({}), meId: 'u0', myState: 'ready' });
    expect(waitingText(late)).toBe('Waiting for everybody to be ready');
    expect(lateNames(late, 'the others')).toBe('the others');
    expect(lateMembers(aTimeline(), { users, sync: sync({}), meId: 'u0', myState: 'ready' })).toEqual([]);
  });
});

test('a player is far off for talking when it was so for a second', () => {
  const history = (...drifts: (number | null)[]) => drifts.map((drift) => ({ drift }));
  expect(driftForVoice(history(120, 130, 125))).toBe(125);
  expect(driftForVoice(history(-300, -90, -81))).toBe(-81);
  for (const close of [history(), history(500, 500), history(500, 500, 80), history(0, 500, 500), history(500, null, 500)])
    expect(driftForVoice(close)).toBeNull();
});
