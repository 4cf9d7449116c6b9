import { beforeEach, describe, expect, test, vi } from 'vitest';
import { chatClosedText, createChatPermission } from '../src/app/chat-permission';
import { type Payload, readEvent, type ServerEvent } from '../src/protocol/messages';
import { DEFAULT_SETTINGS, type RoomSettings } from '../src/protocol/room-access';
import { createRoomStore } from '../src/room/room-store';
import { after } from './support/timers';
import { aRoom, aUser, joined } from './support/wire';

beforeEach(() => {
  vi.useFakeTimers();
  return () => void vi.useRealTimers();
});

function guest(settings: Partial<RoomSettings> = {}, over: Partial<Payload<'room-joined'>['user']> = {}) {
  const room = createRoomStore();
  const apply = (name: string, payload: unknown) => room.apply(readEvent(name, payload) as ServerEvent);
  const user = aUser({ id: 'u2', name: 'Ben', ...over });
  const users = [aUser({ isHost: true }), user];
  apply('room-joined', joined({ room: aRoom({ users, settings: { ...DEFAULT_SETTINGS, ...settings } }), user }));
  const chat = createChatPermission({ room, now: () => performance.now(), after });
  return {
    ...chat,
    apply,
    set: (change: Partial<RoomSettings>) =>
      apply('settings-changed', { settings: { ...room.settings.value, ...change }, userId: 'u1' }),
    get now() {
      return chat.permission.value;
    },
  };
}

const OPEN = { kind: 'open' };
const slow = (secondsLeft: number) => ({ kind: 'slow', secondsLeft });

describe('RT5 who may write', () => {
  test('everybody in a new room', () => expect(guest().now).toEqual(OPEN));

  test('only hosts, when a host has said so; a promotion opens the chat', () => {
    const me = guest({ chat: 'hosts' });
    expect(me.now).toEqual({ kind: 'hosts-only' });
    expect(chatClosedText(me.now)).toBe('Only hosts can write now.');
    me.apply('user-promoted', { userId: 'u2', userName: 'Ben' });
    expect(me.now).toEqual(OPEN);
    me.apply('user-demoted', { userId: 'u2', userName: 'Ben' });
    expect(me.now).toEqual({ kind: 'hosts-only' });
    me.set({ chat: 'everyone' });
    expect(me.now).toEqual(OPEN);
  });

  test('EN11 a muted member does not write, not even as a host, until it is let write again', () => {
    const me = guest({ chat: 'hosts', slowModeMs: 5000 });
    me.apply('member-muted', { userId: 'u2', userName: 'Ben', muted: true, by: 'u1' });
    expect(me.now).toEqual({ kind: 'muted' });
    expect(chatClosedText(me.now)).toBe('A host has muted you.');
    me.apply('user-promoted', { userId: 'u2', userName: 'Ben' });
    expect(me.now).toEqual({ kind: 'muted' });
    me.apply('member-muted', { userId: 'u2', userName: 'Ben', muted: false, by: 'u1' });
    expect(me.now).toEqual(OPEN);
  });

  test('EN11 a mute of another member changes nothing', () => {
    const me = guest();
    me.apply('member-muted', { userId: 'u1', userName: 'Ana', muted: true });
    expect(me.now).toEqual(OPEN);
  });

  test('EN11 a mute outlives a reload', () => {
    expect(guest({}, { muted: true }).now).toEqual({ kind: 'muted' });
  });
});

describe('RT5 slow mode', () => {
  test('counts the seconds after a message of a guest', () => {
    const me = guest({ slowModeMs: 5000 });
    expect(me.now).toEqual(OPEN);
    me.onSent();
    expect(me.now).toEqual(slow(5));
    expect(chatClosedText(me.now)).toBeNull();
    vi.advanceTimersByTime(4500);
    expect(me.now).toEqual(slow(1));
    vi.advanceTimersByTime(500);
    expect(me.now).toEqual(OPEN);
  });

  test('does not hold for a host, and no longer for a guest who becomes one', () => {
    const host = guest({ slowModeMs: 5000 }, { isHost: true });
    host.onSent();
    expect(host.now).toEqual(OPEN);
    host.apply('user-demoted', { userId: 'u2', userName: 'Ben' });
    expect(host.now).toEqual(OPEN);
    const me = guest({ slowModeMs: 5000 });
    me.onSent();
    me.apply('user-promoted', { userId: 'u2', userName: 'Ben' });
    expect(me.now).toEqual(OPEN);
  });

  test('ends at once when a host ends it', () => {
    const me = guest({ slowModeMs: 60_000 });
    me.onSent();
    me.set({ slowModeMs: 0 });
    expect(me.now).toEqual(OPEN);
  });

  test('a shorter one holds for the last message too, as on the server', () => {
    const me = guest({ slowModeMs: 60_000 });
    me.onSent();
    vi.advanceTimersByTime(2000);
    me.set({ slowModeMs: 5000 });
    expect(me.now).toEqual(slow(3));
    vi.advanceTimersByTime(3000);
    expect(me.now).toEqual(OPEN);
  });

  test('a much shorter one is over at once', () => {
    const me = guest({ slowModeMs: 60_000 });
    me.onSent();
    vi.advanceTimersByTime(10_000);
    me.set({ slowModeMs: 5000 });
    expect(me.now).toEqual(OPEN);
  });

  test('a longer one holds for the last message too', () => {
    const me = guest({ slowModeMs: 5000 });
    me.onSent();
    vi.advanceTimersByTime(2000);
    me.set({ slowModeMs: 10_000 });
    expect(me.now).toEqual(slow(8));
  });

  test('another setting in between changes nothing', () => {
    const me = guest({ slowModeMs: 10_000 });
    me.onSent();
    vi.advanceTimersByTime(4000);
    me.set({ title: 'Friday' });
    expect(me.now).toEqual(slow(6));
  });

  test('the server’s wait replaces what this page has counted', () => {
    const me = guest({ slowModeMs: 30_000 });
    me.onWait(12_500);
    expect(me.now).toEqual(slow(13));
    vi.advanceTimersByTime(12_500);
    expect(me.now).toEqual(OPEN);
  });

  test('the server’s wait counts before this page knows of the slow mode', () => {
    const me = guest();
    me.onWait(4000);
    expect(me.now).toEqual(OPEN);
    me.set({ slowModeMs: 30_000 });
    expect(me.now).toEqual(slow(4));
  });

  test.each([0, -5])('a wait of %d ms is none', (ms) => {
    const me = guest({ slowModeMs: 30_000 });
    me.onWait(ms);
    expect(me.now).toEqual(OPEN);
  });

  test('a new join begins anew', () => {
    const me = guest({ slowModeMs: 30_000 });
    me.onSent();
    me.reset();
    expect(me.now).toEqual(OPEN);
    expect(vi.getTimerCount()).toBe(0);
    me.set({ slowModeMs: 60_000 });
    expect(me.now).toEqual(OPEN);
  });
});
