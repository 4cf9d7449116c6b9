import { beforeEach, describe, expect, test } from 'vitest';
import { SessionHarness, YES, no } from './support/session-harness';
import { aRoom, joined } from './support/wire';

let harness: SessionHarness;
beforeEach(() => {
  harness = new SessionHarness();
});

describe('create', () => {
  test('connects, requests, and is joined', async () => {
    harness.session.create('Ana');
    expect(harness.stage.phase).toBe('joining');
    expect(harness.opened).toBe(1);
    harness.lineUp();
    expect(harness.last).toMatchObject({ name: 'create-room', payload: { hostName: 'Ana' } });
    harness.tell('room-created', { roomId: 'ABC123', room: aRoom(), hostToken: 'host-token' });
    harness.tell('room-joined', joined());
    await harness.last.answer(YES);
    expect(harness.stage).toEqual({ phase: 'joined', roomId: 'ABC123' });
    expect(harness.memory.loadHostToken('ABC123')).toBe('host-token');
    expect(harness.memory.loadSeat('ABC123')).toEqual({ roomId: 'ABC123', name: 'Ana', sessionToken: 'secret' });
    expect(harness.memory.loadName()).toBe('Ana');
  });

  test('unavailable is explained', async () => {
    harness.session.create('Ana');
    harness.lineUp();
    await harness.last.answer(no('unavailable', 'Failed to create room'));
    expect(harness.stage).toEqual({ phase: 'failed', problem: 'No room can be opened right now. Please try again in a moment.' });
  });

  test('a rejection is shown, and creating can be retried', async () => {
    harness.session.create('Ana');
    harness.lineUp();
    await harness.last.answer(no('internal', 'Failed to create room'));
    expect(harness.stage).toEqual({ phase: 'failed', problem: 'Failed to create room' });
    harness.session.create('Ana');
    expect(harness.stage.phase).toBe('joining');
  });
});

describe('join', () => {
  test('a new viewer at a room link is asked for a name', () => {
    harness.session.openRoom('ABC123');
    expect(harness.stage).toEqual({ phase: 'name-needed', roomId: 'ABC123', problem: null });
    expect(harness.opened).toBe(0);
  });

  test('a viewer with a name is joined', async () => {
    await harness.enter();
    expect(harness.last).toMatchObject({ name: 'join-room', payload: { roomId: 'ABC123', userName: 'Ana' } });
    expect(harness.stage.phase).toBe('joined');
  });

  test('the creator sends the host token', () => {
    harness.memory.saveHostToken('ABC123', 'host-token');
    harness.session.join('ABC123', 'Ana');
    harness.lineUp();
    expect(harness.last.payload['hostToken']).toBe('host-token');
  });

  test('an invalid host token is dropped, and the join retried without it', async () => {
    harness.memory.saveHostToken('ABC123', 'old');
    harness.session.join('ABC123', 'Ben');
    harness.lineUp();
    await harness.last.answer(no('bad_host_credentials'));
    expect(harness.asked).toHaveLength(2);
    expect(harness.last.payload['hostToken']).toBeUndefined();
    expect(harness.stage.phase).toBe('joining');
  });

  test.each([
    ['name_taken', /already inside/],
    ['bad_host_credentials', /belongs to the host/],
    ['room_full', /Every seat/],
    ['rate_limited', /wait a moment/],
  ])('%s asks for a name again, with the reason', async (code, why) => {
    harness.session.join('ABC123', 'Ben');
    harness.lineUp();
    await harness.last.answer(no(code));
    expect(harness.stage).toEqual({ phase: 'name-needed', roomId: 'ABC123', problem: expect.stringMatching(why) });
  });

  test('an unknown room is not found, and nothing of it is stored', async () => {
    harness.memory.saveHostToken('ABC123', 'old');
    harness.session.join('ABC123', 'Ben');
    harness.lineUp();
    await harness.last.answer(no('room_not_found'));
    expect(harness.stage).toEqual({ phase: 'not-found', roomId: 'ABC123' });
    expect(harness.memory.loadHostToken('ABC123')).toBeUndefined();
  });

  test('no answer while connected: requested again', async () => {
    harness.session.join('ABC123', 'Ben');
    harness.lineUp();
    await harness.last.answer(no('no_connection'));
    harness.fire();
    expect(harness.asked).toHaveLength(2);
  });

  test('connection lost before the answer: requested once after the reconnect', async () => {
    harness.session.join('ABC123', 'Ben');
    harness.lineUp();
    const first = harness.last;
    harness.lineLost();
    await first.answer(no('no_connection'));
    expect(harness.asked).toHaveLength(1);
    harness.lineUp();
    expect(harness.asked).toHaveLength(2);
    harness.fire();
    expect(harness.asked).toHaveLength(2);
  });

  test('an answer to an abandoned join is ignored', async () => {
    harness.session.join('ABC123', 'Ben');
    harness.lineUp();
    const first = harness.last;
    harness.session.leave();
    await first.answer(no('room_not_found'));
    expect(harness.stage.phase).toBe('idle');
  });
});

describe('endings', () => {
  test('RS6 the seat is used elsewhere; "use it here" takes it back', async () => {
    await harness.enter();
    harness.tell('session-replaced', {});
    expect(harness.stage).toEqual({ phase: 'replaced', roomId: 'ABC123' });
    expect(harness.closed).toBeGreaterThan(0);
    harness.session.retry();
    expect(harness.stage.phase).toBe('joining');
    expect(harness.session.auth()).toMatchObject({ sessionToken: 'secret' });
    harness.lineUp();
    harness.tell('room-joined', joined({ resumed: true }));
    expect(harness.stage.phase).toBe('joined');
  });

  test('RS8 the room was closed', async () => {
    harness.memory.saveHostToken('ABC123', 'host-token');
    await harness.enter();
    harness.tell('room-closed', { roomId: 'ABC123', reason: 'expired' });
    expect(harness.stage).toEqual({ phase: 'closed', roomId: 'ABC123', reason: 'expired' });
    expect(harness.memory.loadSeat('ABC123')).toBeNull();
    expect(harness.memory.loadHostToken('ABC123')).toBeUndefined();
  });

  test('RL2 too many connections', () => {
    harness.session.join('ABC123', 'Ana');
    harness.session.onConnectionState('refused');
    expect(harness.stage).toEqual({ phase: 'refused', roomId: 'ABC123' });
    harness.session.retry();
    expect(harness.stage.phase).toBe('joining');
  });

  test('leaving notifies the server, removes the seat and disconnects', async () => {
    await harness.enter();
    harness.session.leave();
    expect(harness.sent).toEqual(['leave-room']);
    expect(harness.memory.loadSeat('ABC123')).toBeNull();
    expect(harness.stage.phase).toBe('idle');
    expect(harness.session.auth()).toEqual({ resume: true, names: 'unicode' });
  });

  test('opening another room leaves the first', async () => {
    await harness.enter();
    harness.session.openRoom('OTHER1');
    expect(harness.sent).toEqual(['leave-room']);
    expect(harness.stage).toEqual({ phase: 'name-needed', roomId: 'OTHER1', problem: null });
  });

  test('opening the current room changes nothing', async () => {
    await harness.enter();
    const before = harness.stages.length;
    harness.session.openRoom('ABC123');
    expect(harness.stages).toHaveLength(before);
  });
});
