import { beforeEach, describe, expect, test } from 'vitest';
import { entryState, turnedAwayReason } from '../src/net/entry-answers';
import type { Rejection } from '../src/protocol/messages';
import { readAck } from '../src/protocol/messages';
import { SessionHarness, YES, no } from './support/session-harness';
import { joined } from './support/wire';

const rejection = (code: string, over: Partial<Rejection> = {}) => no(code, 'x', over) as Rejection;

describe('EN what a rejected join means', () => {
  test.each([
    ['EN4', 'approval_pending', { phase: 'waiting' }],
    ['EN2', 'password_required', { phase: 'password-needed', problem: null }],
    ['EN2', 'bad_password', { phase: 'password-needed', problem: { kind: 'wrong', retryInMs: 0 } }],
    ['EN9', 'banned', { phase: 'turned-away', reason: 'banned' }],
    ['EN5', 'entry_closed', { phase: 'turned-away', reason: 'closed' }],
    ['EN4', 'waiting_full', { phase: 'turned-away', reason: 'crowded' }],
    ['EN6', 'bad_invite', { phase: 'turned-away', reason: 'bad-invite' }],
  ])('%s %s', (_, code, state) => {
    for (const withPassword of [false, true]) {
      expect(entryState(rejection(code), 'ABC123', withPassword)).toEqual({ roomId: 'ABC123', ...state });
    }
  });

  test.each([['room_not_found'], ['name_taken'], ['room_full'], ['unavailable'], ['internal'], ['BANNED'], [''], ['toString']])(
    '%s is no answer of entry control',
    (code) => expect(entryState(rejection(code), 'ABC123', true)).toBeNull(),
  );

  test('EN3 a limited rate is about passwords only when one was sent', () => {
    expect(entryState(rejection('rate_limited', { retryInMs: 1500 }), 'ABC123', false)).toBeNull();
    expect(entryState(rejection('rate_limited', { retryInMs: 1500 }), 'ABC123', true)).toMatchObject({
      problem: { kind: 'too-many', retryInMs: 1500 },
    });
  });

  test.each([[{}], [{ retryInMs: null }], [{ retryInMs: undefined }]])('EN3 %o: a minute, where no time is named', (over) => {
    const ack = readAck({ ok: false, code: 'rate_limited', error: 'x', retryable: true, ...over }) as Rejection;
    expect(entryState(ack, 'ABC123', true)).toMatchObject({ problem: { retryInMs: 60_000 } });
  });

  test.each([
    ['removed', 'removed'],
    ['banned', 'banned'],
    ['expired', null],
    ['', null],
    ['Removed', null],
    ['__proto__', null],
  ])('EN8 a room closed with reason "%s"', (reason, away) => expect(turnedAwayReason(reason)).toBe(away));
});

let harness: SessionHarness;
beforeEach(() => {
  harness = new SessionHarness();
});

/** Joins as a new viewer, and lets the server answer. */
async function joinAnswered(code: string, over: Partial<Rejection> = {}): Promise<void> {
  harness.session.join('ABC123', 'Ben');
  harness.lineUp();
  await harness.last.answer(no(code, 'x', over));
}

describe('EN2 a room with a password', () => {
  test('the password is sent once it is typed, and forgotten with the answer', async () => {
    await joinAnswered('password_required');
    expect(harness.stage).toEqual({ phase: 'password-needed', roomId: 'ABC123', problem: null });
    expect(harness.last.payload).not.toHaveProperty('password');
    harness.session.enterPassword('popcorn');
    expect(harness.stage).toMatchObject({ phase: 'password-needed', busy: true });
    expect(harness.last.payload).toMatchObject({ roomId: 'ABC123', userName: 'Ben', password: 'popcorn' });
    harness.tell('room-joined', joined());
    await harness.last.answer(YES);
    expect(harness.stage.phase).toBe('joined');
    harness.lineLost();
    harness.lineUp();
    harness.fire();
    expect(harness.last.payload).not.toHaveProperty('password');
    expect(JSON.stringify([...Object.values(dump())])).not.toContain('popcorn');
  });

  test('a wrong one is explained, and the next one counts', async () => {
    await joinAnswered('password_required');
    harness.session.enterPassword('wrong');
    await harness.last.answer(no('bad_password'));
    expect(harness.stage).toEqual({
      phase: 'password-needed',
      roomId: 'ABC123',
      problem: { kind: 'wrong', retryInMs: 0 },
    });
    harness.session.enterPassword('popcorn');
    expect(harness.last.payload['password']).toBe('popcorn');
  });

  test('EN3 too many wrong ones: the time is the server’s', async () => {
    await joinAnswered('password_required');
    harness.session.enterPassword('wrong');
    await harness.last.answer(no('rate_limited', 'x', { retryInMs: 540_000 }));
    expect(harness.stage).toMatchObject({ problem: { kind: 'too-many', retryInMs: 540_000 } });
    expect(harness.timers).toEqual([]);
  });

  test('the password is not sent again by itself, when the room has closed its doors meanwhile', async () => {
    await joinAnswered('password_required');
    harness.session.enterPassword('popcorn');
    await harness.last.answer(no('entry_closed'));
    harness.session.retry();
    harness.lineUp();
    expect(harness.last.payload).toEqual({ roomId: 'ABC123', userName: 'Ben' });
  });

  test('a lost connection while typing sends nothing, and while it is checked sends it again', async () => {
    await joinAnswered('password_required');
    const before = harness.asked.length;
    harness.lineLost();
    harness.lineUp();
    harness.fire();
    expect(harness.asked).toHaveLength(before);
    harness.session.enterPassword('popcorn');
    harness.lineLost();
    await harness.last.answer(no('no_connection'));
    harness.lineUp();
    expect(harness.asked).toHaveLength(before + 2);
    expect(harness.last.payload['password']).toBe('popcorn');
  });

  test('no password is sent where none was asked for', async () => {
    harness.session.enterPassword('popcorn');
    await harness.enter();
    harness.session.enterPassword('popcorn');
    expect(harness.asked).toHaveLength(1);
    expect(harness.stage.phase).toBe('joined');
  });

  test('a taken name, found after the right password, asks for a name', async () => {
    await joinAnswered('password_required');
    harness.session.enterPassword('popcorn');
    await harness.last.answer(no('name_taken'));
    expect(harness.stage).toEqual({ phase: 'name-needed', roomId: 'ABC123', problem: expect.stringMatching(/Ben/) });
  });
});

describe('EN4 waiting for a host', () => {
  test('an accepted one joins without asking again', async () => {
    await joinAnswered('approval_pending', { sessionToken: 'place' });
    expect(harness.stage).toEqual({ phase: 'waiting', roomId: 'ABC123' });
    harness.tell('room-joined', joined());
    expect(harness.stage.phase).toBe('joined');
    expect(harness.asked).toHaveLength(1);
  });

  test('the place outlives a lost connection and a reload', async () => {
    await joinAnswered('approval_pending', { sessionToken: 'place' });
    harness.lineLost();
    expect(harness.stage.phase).toBe('waiting');
    expect(harness.session.auth()).toMatchObject({ sessionToken: 'place', roomId: 'ABC123' });
    harness.lineUp();
    harness.fire();
    expect(harness.last.payload).toMatchObject({ userName: 'Ben', sessionToken: 'place' });
    await harness.last.answer(no('approval_pending', 'x', { sessionToken: 'place' }));
    expect(harness.stage.phase).toBe('waiting');
    const reloaded = new SessionHarness();
    reloaded.tab.setItem('wnc.seat', harness.tab.getItem('wnc.seat')!);
    reloaded.session.openRoom('ABC123');
    expect(reloaded.session.auth()).toMatchObject({ sessionToken: 'place' });
  });

  test('a server that gives no token still lets the viewer wait', async () => {
    await joinAnswered('approval_pending');
    expect(harness.stage.phase).toBe('waiting');
    expect(harness.memory.loadSeat('ABC123')).toBeNull();
    harness.lineLost();
    harness.lineUp();
    expect(harness.last.payload).toEqual({ roomId: 'ABC123', userName: 'Ben' });
  });

  test('stopping takes the knock back', async () => {
    await joinAnswered('approval_pending', { sessionToken: 'place' });
    harness.session.leave();
    expect(harness.sent).toEqual(['leave-room']);
    expect(harness.memory.loadSeat('ABC123')).toBeNull();
    expect(harness.stage.phase).toBe('idle');
  });

  test.each(['refused', 'expired', 'banned', 'closed', 'ended'] as const)('%s ends it, and forgets the place', async (reason) => {
    await joinAnswered('approval_pending', { sessionToken: 'place' });
    harness.tell('entry-refused', { roomId: 'ABC123', reason });
    expect(harness.stage).toEqual({ phase: 'turned-away', roomId: 'ABC123', reason });
    expect(harness.memory.loadSeat('ABC123')).toBeNull();
    expect([harness.up, harness.session.hasSeat]).toEqual([false, false]);
  });

  test('a reason of a newer server counts as declined', async () => {
    await joinAnswered('approval_pending');
    harness.tell('entry-refused', { roomId: 'ABC123', reason: 'dress-code' });
    expect(harness.stage).toMatchObject({ phase: 'turned-away', reason: 'refused' });
  });

  test('an answer about another room, or to a member, changes nothing', async () => {
    await joinAnswered('approval_pending');
    harness.tell('entry-refused', { roomId: 'OTHER1', reason: 'refused' });
    expect(harness.stage.phase).toBe('waiting');
    harness.tell('room-joined', joined());
    harness.tell('entry-refused', { roomId: 'ABC123', reason: 'refused' });
    expect(harness.stage.phase).toBe('joined');
  });

  test('whom no host has answered asks again under the same name', async () => {
    await joinAnswered('approval_pending', { sessionToken: 'place' });
    harness.tell('entry-refused', { roomId: 'ABC123', reason: 'expired' });
    harness.session.retry();
    harness.lineUp();
    expect(harness.last.payload).toEqual({ roomId: 'ABC123', userName: 'Ben' });
  });
});

describe('EN6 an invitation', () => {
  test('is sent with the join to its room, and forgotten inside', async () => {
    harness.memory.saveInvite('ABC123', 'token');
    harness.session.join('ABC123', 'Ben');
    harness.lineUp();
    expect(harness.last.payload).toMatchObject({ invite: 'token' });
    harness.tell('room-joined', joined());
    await harness.last.answer(YES);
    expect(harness.memory.loadInvite('ABC123')).toBeUndefined();
  });

  test('is not sent to another room', () => {
    harness.memory.saveInvite('OTHER1', 'token');
    harness.session.join('ABC123', 'Ben');
    harness.lineUp();
    expect(harness.last.payload).not.toHaveProperty('invite');
  });

  test('that is not valid any more is said, and the next try is made without it', async () => {
    harness.memory.saveInvite('ABC123', 'token');
    await joinAnswered('bad_invite');
    expect(harness.stage).toEqual({ phase: 'turned-away', roomId: 'ABC123', reason: 'bad-invite' });
    harness.session.retry();
    harness.lineUp();
    expect(harness.last.payload).toEqual({ roomId: 'ABC123', userName: 'Ben' });
  });

  test('is kept for the password’s turn, when a rejection was about something else', async () => {
    harness.memory.saveInvite('ABC123', 'token');
    await joinAnswered('name_taken');
    expect(harness.memory.loadInvite('ABC123')).toBe('token');
  });
});

describe('EN8, EN9 a member whom a host removes', () => {
  test.each(['removed', 'banned'] as const)('%s: sees it, leaves, and does not come back by itself', async (reason) => {
    harness.memory.saveHostToken('ABC123', 'host-token');
    await harness.enter();
    harness.tell('room-closed', { roomId: 'ABC123', reason });
    expect(harness.stage).toEqual({ phase: 'turned-away', roomId: 'ABC123', reason });
    expect(harness.memory.loadSeat('ABC123')).toBeNull();
    expect(harness.memory.loadHostToken('ABC123')).toBeUndefined();
    harness.lineLost();
    harness.lineUp();
    harness.fire();
    expect(harness.asked).toHaveLength(1);
  });

  test('a room that closed for another reason has closed', async () => {
    await harness.enter();
    harness.tell('room-closed', { roomId: 'ABC123' });
    expect(harness.stage).toEqual({ phase: 'closed', roomId: 'ABC123', reason: '' });
  });

  test('a seat that was lost to a ban is not asked for again', async () => {
    harness.memory.saveSeat({ roomId: 'ABC123', name: 'Ben', sessionToken: 'secret' });
    harness.session.openRoom('ABC123');
    harness.lineUp();
    harness.fire();
    await harness.last.answer(no('banned'));
    expect(harness.stage).toMatchObject({ phase: 'turned-away', reason: 'banned' });
    expect(harness.memory.loadSeat('ABC123')).toBeNull();
    expect(harness.timers).toEqual([]);
  });
});

/** Returns everything that the browser stores. */
function dump(): Record<string, string> {
  const all: Record<string, string> = {};
  for (const storage of [harness.tab, harness.browser]) {
    for (let i = 0; i < storage.length; i++) all[storage.key(i)!] = storage.getItem(storage.key(i)!)!;
  }
  return all;
}
