import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createUndoJump } from '../src/app/undo-jump';
import { readEvent, type ServerEvent, type Timeline } from '../src/protocol/messages';
import { DEFAULT_SETTINGS } from '../src/protocol/room-access';
import { createRoomStore } from '../src/room/room-store';
import { after } from './support/timers';
import { aRoom, aTimeline, aUser, joined } from './support/wire';

const SERVER_AHEAD = 1e9;

beforeEach(() => {
  vi.useFakeTimers();
  return () => void vi.useRealTimers();
});

function watching(me = aUser({ isHost: true })) {
  const room = createRoomStore();
  const apply = (name: string, payload: unknown) => room.apply(readEvent(name, payload) as ServerEvent);
  const users = [aUser({ id: 'u3', name: 'Cem', isHost: true }), me];
  apply('room-joined', joined({ room: aRoom({ users }), user: me, timeline: aTimeline({ item: 1, seq: 1 }) }));
  let known = true;
  const serverNow = () => (known ? performance.now() + SERVER_AHEAD : null);
  const offered = createUndoJump(room, serverNow, after);
  let seq = 1;
  return {
    room,
    apply,
    forgetClock: () => (known = false),
    timeline: (over: Record<string, unknown>) => apply('timeline', aTimeline({ seq: ++seq, ...over })),
    snapshot: (over: Partial<Timeline>) =>
      apply('room-joined', joined({ room: aRoom({ users }), user: me, timeline: aTimeline({ item: 1, seq: ++seq, ...over }) })),
    jump(ms = 30_000) {
      this.timeline({ reason: 'seek', by: 'u3', position: 600, undoUntil: performance.now() + SERVER_AHEAD + ms });
    },
    get offered() {
      return offered.value;
    },
  };
}

describe('RT8 the offer to undo a jump', () => {
  test('stands until shortly before the server’s 30 s are over', () => {
    const it = watching();
    expect(it.offered).toBe(false);
    it.jump();
    expect(it.offered).toBe(true);
    vi.advanceTimersByTime(29_400);
    expect(it.offered).toBe(true);
    vi.advanceTimersByTime(200);
    expect(it.offered).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('outlives a pause and a correction in between', () => {
    const it = watching();
    it.jump();
    it.timeline({ reason: 'pause', by: 'u1' });
    it.timeline({ reason: 'stall', by: null });
    expect(it.offered).toBe(true);
  });

  test('a second jump has its own time', () => {
    const it = watching();
    it.jump();
    vi.advanceTimersByTime(20_000);
    it.jump();
    vi.advanceTimersByTime(20_000);
    expect(it.offered).toBe(true);
    vi.advanceTimersByTime(10_000);
    expect(it.offered).toBe(false);
  });

  test('ends when somebody undoes the jump, and with another film', () => {
    const it = watching();
    it.jump();
    it.timeline({ reason: 'undo', by: 'u3' });
    expect(it.offered).toBe(false);
    it.jump();
    it.timeline({ reason: 'set', item: 2 });
    expect(it.offered).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is in the snapshot after a reload, and ends with a snapshot without it', () => {
    const it = watching();
    it.snapshot({ undoUntil: performance.now() + SERVER_AHEAD + 20_000 });
    expect(it.offered).toBe(true);
    vi.advanceTimersByTime(20_000);
    expect(it.offered).toBe(false);
    it.jump();
    it.snapshot({});
    expect(it.offered).toBe(false);
  });

  test('ends when the room is left', () => {
    const it = watching();
    it.jump();
    it.room.clear();
    expect(it.offered).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a jump that is too old when it arrives is not offered', () => {
    const it = watching();
    it.jump(400);
    expect(it.offered).toBe(false);
    it.jump(-1e12);
    expect(it.offered).toBe(false);
  });

  test('is not made while the server’s time is unknown', () => {
    const it = watching();
    it.forgetClock();
    it.jump();
    expect(it.offered).toBe(false);
  });

  test('RT4 is made to those who may control the film, from the moment they may', () => {
    const it = watching(aUser());
    it.jump();
    expect(it.offered).toBe(false);
    it.apply('settings-changed', { settings: { ...DEFAULT_SETTINGS, control: 'everyone' }, userId: 'u3' });
    expect(it.offered).toBe(true);
    it.apply('settings-changed', { settings: DEFAULT_SETTINGS, userId: 'u3' });
    expect(it.offered).toBe(false);
    it.apply('user-promoted', { userId: 'u1', userName: 'Ana' });
    expect(it.offered).toBe(true);
  });
});
