import { beforeEach, describe, expect, test } from 'vitest';
import { readEvent, type ServerEvent } from '../src/protocol/messages';
import { tell } from '../src/room/narrator';
import { createRoomStore, type RoomStore } from '../src/room/room-store';
import { aRoom, aTimeline, aUser, joined } from './support/wire';

let room: RoomStore;
const event = (name: string, payload: unknown) => readEvent(name, payload) as ServerEvent;
const apply = (name: string, payload: unknown) => room.apply(event(name, payload));

beforeEach(() => {
  room = createRoomStore();
  apply('room-joined', joined());
});

describe('room store', () => {
  test('joining brings the room, me and my rights', () => {
    expect(room.roomId.value).toBe('ABC123');
    expect(room.me.value?.name).toBe('Ana');
    expect(room.isHost.value).toBe(true);
    expect(room.film.value).toBeNull();
  });

  test('a joiner the room does not list yet is listed', () => {
    apply('room-joined', joined({ user: aUser({ id: 'u9', name: 'Zoe' }) }));
    expect(room.me.value?.name).toBe('Zoe');
    expect(room.users.value).toHaveLength(2);
  });

  test('people come, go, and come back', () => {
    apply('user-joined', { user: aUser({ id: 'u2', name: 'Ben' }) });
    apply('user-joined', { user: aUser({ id: 'u2', name: 'Ben' }) });
    expect(room.users.value.map((user) => user.name)).toEqual(['Ana', 'Ben']);
    apply('user-away', { userId: 'u2' });
    expect(room.users.value[1]!.away).toBe(true);
    apply('user-returned', { userId: 'u2' });
    expect(room.users.value[1]!.away).toBe(false);
    apply('user-left', { userId: 'u2' });
    expect(room.users.value).toHaveLength(1);
  });

  test('a right is given by the server alone', () => {
    apply('user-joined', { user: aUser({ id: 'u2', name: 'Ben' }) });
    expect(room.hosts.value).toHaveLength(1);
    apply('user-promoted', { userId: 'u2', userName: 'Ben' });
    expect(room.hosts.value.map((user) => user.name)).toEqual(['Ana', 'Ben']);
    apply('user-promoted', { userId: 'nobody', userName: 'Zoe' });
    expect(room.hosts.value).toHaveLength(2);
  });

  test('an older timeline changes nothing', () => {
    apply('timeline', aTimeline({ seq: 5, position: 10 }));
    apply('timeline', aTimeline({ seq: 4, position: 99 }));
    expect(room.timeline.value?.position).toBe(10);
    apply('timeline', aTimeline({ epoch: 2, seq: 0, position: 7 }));
    expect(room.timeline.value?.position).toBe(7);
  });

  test('the film of the same address is not opened anew by a return', () => {
    apply('video-set', { videoUrl: 'https://films.example/a.mp4', videoType: 'video' });
    const before = room.film.value;
    apply('room-joined', joined({ room: aRoom({ videoUrl: 'https://films.example/a.mp4', videoType: 'video' }) }));
    expect(room.film.value).toBe(before);
  });

  test('clear leaves nothing', () => {
    room.clear();
    expect([room.roomId.value, room.me.value, room.film.value, room.timeline.value]).toEqual([null, null, null, null]);
    expect(room.users.value).toEqual([]);
  });

  test('nobody means nobody', () => {
    expect(room.nameOf(null)).toBeNull();
    expect(room.nameOf('u9')).toBeNull();
  });
});

describe('what happened, in words', () => {
  const known = {
    nameOf: (id: string | null) => ({ u1: 'Ana', u2: 'Ben' })[id ?? ''] ?? null,
    isMe: (id: string | null) => id === 'u1',
  };
  test.each([
    ['user-joined', { user: aUser({ id: 'u3', name: 'Cem' }) }, 'Cem came in'],
    ['user-joined', { user: aUser({ id: 'u2', name: 'Ben' }) }, null],
    ['user-left', { userId: 'u2' }, 'Ben left'],
    ['user-left', { userId: 'u9' }, null],
    ['user-promoted', { userId: 'u1', userName: 'Ana' }, 'You hold the remote now'],
    ['user-promoted', { userId: 'u2', userName: 'Ben' }, 'Ben holds the remote now'],
    ['timeline', aTimeline({ by: 'u2', reason: 'pause', position: 75 }), 'Ben paused at 1:15'],
    ['timeline', aTimeline({ by: 'u1', reason: 'seek', position: 75 }), 'You jumped to 1:15'],
    ['timeline', aTimeline({ by: 'u2', reason: 'sync' }), null],
    ['timeline', aTimeline({ by: 'u9', reason: 'play' }), null],
    ['user-away', { userId: 'u2' }, null],
  ])('%s', (name, payload, text) => {
    expect(tell(event(name, payload), known)?.text ?? null).toBe(text);
  });
});
