import { beforeEach, describe, expect, test } from 'vitest';
import { SessionHarness, no } from './support/session-harness';
import { joined } from './support/wire';

let harness: SessionHarness;
beforeEach(() => {
  harness = new SessionHarness();
});

describe('RS3 rejoining', () => {
  test("a reload takes the tab's seat without a request", () => {
    harness.memory.saveSeat({ roomId: 'ABC123', name: 'Ana', sessionToken: 'secret' });
    harness.session.openRoom('ABC123');
    expect(harness.stage.phase).toBe('joining');
    expect(harness.session.auth()).toEqual({ resume: true, names: 'unicode', sessionToken: 'secret', roomId: 'ABC123' });
    harness.lineUp();
    expect(harness.asked).toHaveLength(0);
    harness.tell('room-joined', joined({ resumed: true }));
    harness.fire();
    expect(harness.asked).toHaveLength(0);
    expect(harness.stage.phase).toBe('joined');
  });

  test('a server that does not seat by itself is asked', () => {
    harness.memory.saveSeat({ roomId: 'ABC123', name: 'Ana', sessionToken: 'secret' });
    harness.session.openRoom('ABC123');
    harness.lineUp();
    harness.fire();
    expect(harness.last).toMatchObject({ name: 'join-room', payload: { userName: 'Ana', sessionToken: 'secret' } });
  });

  test('a seat of another room is not used', () => {
    harness.memory.saveSeat({ roomId: 'OTHER1', name: 'Ana', sessionToken: 'secret' });
    harness.session.openRoom('ABC123');
    expect(harness.stage.phase).toBe('name-needed');
    expect(harness.session.auth()).toEqual({ resume: true, names: 'unicode' });
  });

  test('after a lost connection the room stays, and the seat is taken back', async () => {
    await harness.enter();
    harness.lineLost();
    expect(harness.stage).toEqual({ phase: 'reconnecting', roomId: 'ABC123' });
    expect(harness.session.auth()).toEqual({ resume: true, names: 'unicode', sessionToken: 'secret', roomId: 'ABC123' });
    harness.lineUp();
    harness.tell('room-joined', joined({ resumed: true }));
    expect(harness.stage.phase).toBe('joined');
  });

  test.each(['rate_limited', 'unavailable'])('%s while rejoining: the room stays, and the join is retried', async (code) => {
    await harness.enter();
    harness.lineLost();
    harness.lineUp();
    harness.fire();
    await harness.last.answer(no(code));
    expect(harness.stage.phase).toBe('reconnecting');
    const before = harness.asked.length;
    harness.fire();
    expect(harness.asked).toHaveLength(before + 1);
  });

  test.each(['rate_limited', 'unavailable'])('%s at a reload keeps the seat', async (code) => {
    harness.memory.saveSeat({ roomId: 'ABC123', name: 'Ana', sessionToken: 'secret' });
    harness.session.openRoom('ABC123');
    harness.lineUp();
    harness.fire();
    await harness.last.answer(no(code));
    expect(harness.memory.loadSeat('ABC123')?.sessionToken).toBe('secret');
  });

  test('a server that fails while rejoining is retried with growing delays', async () => {
    await harness.enter();
    harness.lineLost();
    harness.lineUp();
    harness.fire();
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) {
      await harness.last.answer(no(i % 2 === 0 ? 'unavailable' : 'internal'));
      waits.push(...harness.timers.map(({ ms }) => ms));
      harness.fire();
    }
    expect(waits).toEqual([700, 1200, 2000, 3000, 3000]);
    expect(harness.stage.phase).toBe('reconnecting');
    harness.tell('room-joined', joined({ resumed: true, epoch: 9 }));
    expect(harness.stage.phase).toBe('joined');
  });

  test('unavailable at a reload: joining, with the reason, until the room is back', async () => {
    harness.memory.saveSeat({ roomId: 'ABC123', name: 'Ana', sessionToken: 'secret' });
    harness.session.openRoom('ABC123');
    harness.lineUp();
    harness.fire();
    await harness.last.answer(no('unavailable'));
    expect(harness.stage).toEqual({ phase: 'joining', roomId: 'ABC123', problem: expect.stringMatching(/cannot be reached/) });
    harness.fire();
    harness.tell('room-joined', joined({ resumed: true }));
    expect(harness.stage.phase).toBe('joined');
  });

  test('a new viewer waits for an unavailable room too', async () => {
    harness.session.join('ABC123', 'Ben');
    harness.lineUp();
    await harness.last.answer(no('unavailable'));
    expect(harness.stage).toMatchObject({ phase: 'joining', problem: expect.stringMatching(/cannot be reached/) });
    harness.fire();
    expect(harness.asked).toHaveLength(2);
  });

  test('room_not_found right after an outage is retried before it is believed', async () => {
    await harness.enter();
    harness.lineLost();
    harness.lineUp();
    harness.fire();
    await harness.last.answer(no('room_not_found'));
    expect(harness.stage.phase).toBe('reconnecting');
    expect(harness.memory.loadSeat('ABC123')).not.toBeNull();
    harness.fire();
    harness.tell('room-joined', joined({ resumed: true }));
    expect(harness.stage.phase).toBe('joined');
  });

  test('a server that does not know this client is asked for the seat', async () => {
    await harness.enter();
    harness.session.rejoin();
    expect(harness.stage).toEqual({ phase: 'reconnecting', roomId: 'ABC123' });
    expect(harness.last).toMatchObject({ name: 'join-room', payload: { userName: 'Ana', sessionToken: 'secret' } });
    const asked = harness.asked.length;
    harness.session.rejoin();
    expect(harness.asked).toHaveLength(asked);
  });

  test('hasSeat is true while joined, rejoining, or with a stored seat', async () => {
    expect(harness.session.hasSeat).toBe(false);
    harness.session.openRoom('ABC123');
    expect(harness.session.hasSeat).toBe(false);
    await harness.enter();
    expect(harness.session.hasSeat).toBe(true);
    harness.lineLost();
    expect(harness.session.hasSeat).toBe(true);
    harness.session.leave();
    expect(harness.session.hasSeat).toBe(false);
  });

  test('the room is gone after a reconnect', async () => {
    await harness.enter();
    harness.lineLost();
    harness.lineUp();
    harness.fire();
    for (let i = 0; i < 3; i++) {
      expect(harness.stage.phase).toBe('reconnecting');
      await harness.last.answer(no('room_not_found'));
      if (i < 2) harness.fire();
    }
    expect(harness.stage.phase).toBe('not-found');
    expect(harness.memory.loadSeat('ABC123')).toBeNull();
  });
});
