import { beforeEach, describe, expect, test } from 'vitest';
import { readEvent, type ServerEvent } from '../src/protocol/messages';
import { noticeFor } from '../src/room/event-notices';
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
  test('joining sets the room, this member and its rights', () => {
    expect(room.roomId.value).toBe('ABC123');
    expect(room.me.value?.name).toBe('Ana');
    expect(room.isHost.value).toBe(true);
    expect(room.film.value).toBeNull();
  });

  test('a joining member that the room does not list yet is listed', () => {
    apply('room-joined', joined({ user: aUser({ id: 'u9', name: 'Zoe' }) }));
    expect(room.me.value?.name).toBe('Zoe');
    expect(room.users.value).toHaveLength(2);
  });

  test('members join, leave and return', () => {
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

  test('only the server promotes', () => {
    apply('user-joined', { user: aUser({ id: 'u2', name: 'Ben' }) });
    expect(room.hosts.value).toHaveLength(1);
    apply('user-promoted', { userId: 'u2', userName: 'Ben' });
    expect(room.hosts.value.map((user) => user.name)).toEqual(['Ana', 'Ben']);
    apply('user-promoted', { userId: 'nobody', userName: 'Zoe' });
    expect(room.hosts.value).toHaveLength(2);
  });

  test('an older timeline is ignored', () => {
    apply('timeline', aTimeline({ seq: 5, position: 10 }));
    apply('timeline', aTimeline({ seq: 4, position: 99 }));
    expect(room.timeline.value?.position).toBe(10);
    apply('timeline', aTimeline({ epoch: 2, seq: 0, position: 7 }));
    expect(room.timeline.value?.position).toBe(7);
  });

  test('the same film is not opened again after a reconnect', () => {
    apply('video-set', { videoUrl: 'https://films.example/a.mp4', videoType: 'video' });
    const before = room.film.value;
    apply('room-joined', joined({ room: aRoom({ videoUrl: 'https://films.example/a.mp4', videoType: 'video' }) }));
    expect(room.film.value).toBe(before);
  });

  test('ST1 sync states are kept by member, updated one by one, and removed with the member', () => {
    apply('user-joined', { user: aUser({ id: 'u2', name: 'Ben' }) });
    apply('timeline', aTimeline({ seq: 7 }));
    const reported = { userId: 'u2', drift: -3, bound: 6, state: 'synced' };
    apply('status', { members: [reported, { ...reported, userId: 'u1', drift: 1 }] });
    expect(room.sync.value.get('u2')).toEqual({ drift: -3, bound: 6, state: 'synced', seq: 7 });
    apply('status', { members: [{ userId: 'u2', drift: null, bound: 6, state: 'buffering' }] });
    expect(room.sync.value.get('u2')?.state).toBe('buffering');
    expect(room.sync.value.get('u1')?.drift).toBe(1);
    apply('user-left', { userId: 'u2' });
    expect([...room.sync.value.keys()]).toEqual(['u1']);
    apply('status', { members: [reported] });
    apply('user-away', { userId: 'u2' });
    expect(room.sync.value.has('u2')).toBe(false);
    apply('room-joined', joined());
    expect(room.sync.value.size).toBe(0);
  });

  test('WT1 the waiting policy comes with the room and changes for everybody', () => {
    expect(room.waiting.value).toBeNull();
    const policy = { mode: 'never' as const, seconds: 5, graceMs: 1000, peopleMax: 4, strikesMax: 3 };
    apply('room-joined', joined({ room: aRoom({ waiting: policy }) }));
    expect(room.waiting.value).toEqual(policy);
    apply('waiting-set', { ...policy, mode: 'everyone', seconds: 10, userId: 'u1', epoch: 1, seq: 3 });
    expect(room.waiting.value).toEqual({ ...policy, mode: 'everyone', seconds: 10 });
  });

  test('clear resets everything', () => {
    apply('status', { members: [{ userId: 'u1', drift: 0, bound: 1, state: 'synced' }] });
    room.clear();
    expect([room.sync.value.size, room.waiting.value]).toEqual([0, null]);
    expect([room.roomId.value, room.me.value, room.film.value, room.timeline.value]).toEqual([null, null, null, null]);
    expect(room.users.value).toEqual([]);
  });

  test('unknown ids have no name', () => {
    expect(room.nameOf(null)).toBeNull();
    expect(room.nameOf('u9')).toBeNull();
  });
});

const stalled = (ids: string[]) =>
  aTimeline({ by: null, reason: 'stall', phase: 'preparing', waiting: { reason: 'stall', for: ids, until: 9 } });
const waits = (mode: string, userId: string) => ({ mode, seconds: 5, graceMs: 1000, peopleMax: 4, strikesMax: 3, userId });

describe('event notices', () => {
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
    ['timeline', aTimeline({ by: 'u1', reason: 'seek', position: 75 }), 'You moved the film to 1:15'],
    ['timeline', aTimeline({ by: 'u2', reason: 'seek', phase: 'preparing', position: 750 }), 'Ben moved the film to 12:30'],
    ['timeline', aTimeline({ by: 'u2', reason: 'rate', rate: 1.25 }), 'Ben set the speed to 1.25×'],
    ['timeline', aTimeline({ by: 'u2', reason: 'ready', phase: 'playing' }), null],
    ['timeline', aTimeline({ by: 'u2', reason: 'deadline', phase: 'playing' }), null],
    ['timeline', stalled(['u2']), 'Waiting for Ben, whose film is loading'],
    ['timeline', stalled(['u1', 'u2']), 'Waiting for you and Ben, whose films are loading'],
    ['timeline', stalled(['u1']), 'Waiting for you: your film is loading'],
    ['timeline', stalled(['u9']), null],
    ['waiting-set', waits('everyone', 'u2'), 'Ben: the room now waits up to 5 s for stalled viewers'],
    ['waiting-set', waits('never', 'u2'), 'Ben: the room no longer waits for stalled viewers'],
    ['waiting-set', waits('everyone', 'u1'), 'You let the room wait up to 5 s for stalled viewers'],
    ['waiting-set', waits('never', 'u1'), 'You let the room run on when somebody stalls'],
    ['waiting-set', waits('never', 'u9'), null],
    ['timeline', aTimeline({ by: 'u2', reason: 'sync' }), null],
    ['timeline', aTimeline({ by: 'u9', reason: 'play' }), null],
    ['user-away', { userId: 'u2' }, null],
  ])('%s', (name, payload, text) => {
    expect(noticeFor(event(name, payload), known)?.text ?? null).toBe(text);
  });
});

describe('PS a large room', () => {
  const many = (count: number, over: Record<string, unknown> = {}) =>
    apply('presence', { roomId: 'ABC123', epoch: 1, seq: 9, since: 1, big: true, count, more: false, ...over });
  const names = () => room.users.value.map((user) => user.name).sort();
  const ben = aUser({ id: 'u2', name: 'Ben' });
  const cem = aUser({ id: 'u3', name: 'Cem' });

  test('knows some members, and their number', () => {
    apply('room-joined', joined({ room: aRoom({ userCount: 400 }) }));
    expect(room.largeRoomCount.value).toBe(400);
    expect(room.count.value).toBe(400);
    many(401, { joined: [ben] });
    expect(room.count.value).toBe(401);
    expect(names()).toEqual(['Ana', 'Ben']);
  });

  test('a repeated presence event changes nothing', () => {
    const reported = { joined: [ben, cem], left: ['u9'], away: ['u2'], returned: ['u3'] };
    many(402, reported);
    const once = room.users.value;
    many(402, reported);
    expect(room.users.value).toEqual(once);
    expect(room.users.value.find((user) => user.id === 'u2')?.away).toBe(true);
    many(401, { left: ['u2', 'u3'] });
    expect(names()).toEqual(['Ana']);
  });

  test('never removes this member, nor marks it away', () => {
    many(300, { left: ['u1'] });
    many(300, { away: ['u1'] });
    expect(room.me.value).toMatchObject({ name: 'Ana', isHost: true });
    expect(room.me.value?.away).not.toBe(true);
    many(2, { big: false, users: [ben] });
    expect(names()).toEqual(['Ana', 'Ben']);
  });

  test('becomes small with its complete list', () => {
    many(300, { joined: [ben] });
    many(2, { big: false, users: [aUser({ isHost: true }), cem] });
    expect(names()).toEqual(['Ana', 'Cem']);
    expect(room.largeRoomCount.value).toBeNull();
    expect(room.count.value).toBe(2);
  });

  test('is bounded, and keeps its hosts', () => {
    const host = aUser({ id: 'h', name: 'Host', isHost: true });
    many(300, { joined: [host] });
    for (let i = 0; i < 40; i++) {
      many(1000, { joined: Array.from({ length: 20 }, (_, k) => aUser({ id: `g${i}-${k}`, name: `Guest ${i} ${k}` })) });
    }
    expect(room.users.value.length).toBeLessThanOrEqual(303);
    expect(names()).toEqual(expect.arrayContaining(['Ana', 'Host', 'Guest 39 19']));
  });
});
