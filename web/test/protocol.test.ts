import { describe, expect, test } from 'vitest';
import { Mismatch } from '../src/protocol/check';
import { queueChange } from '../src/protocol/queue';
import { type ServerEventName, clockAnswer, readAck, readEvent, resumeAnswer } from '../src/protocol/messages';
import { DEFAULT_SETTINGS } from '../src/protocol/room-access';
import { aMessage, aRoom, aTimeline, aUser, joined } from './support/wire';

const GOOD: Record<ServerEventName, unknown> = {
  'room-created': { roomId: 'ABC123', room: aRoom(), hostToken: 't', epoch: 1, seq: 1 },
  'room-joined': joined(),
  'user-joined': { user: aUser(), epoch: 1, seq: 2 },
  'user-left': { userId: 'u1' },
  'user-away': { userId: 'u1' },
  'user-returned': { userId: 'u1' },
  'user-promoted': { userId: 'u1', userName: 'Ana' },
  'user-demoted': { userId: 'u1', userName: 'Ana', by: 'u2' },
  'room-transferred': { hostId: 'u1', hostName: 'Ana', by: 'u2' },
  'host-token-issued': { userId: 'u1', epoch: 1, seq: 3 },
  'settings-changed': { settings: DEFAULT_SETTINGS, userId: 'u1' },
  'member-muted': { userId: 'u1', userName: 'Ana', muted: true, by: 'u2' },
  'queue-changed': { epoch: 1, seq: 2 },
  'subtitles-changed': { tracks: [{ trackId: 't1' }], epoch: 1, seq: 2 },
  'voice-state': { speakers: [], epoch: 1, seq: 2 },
  'voice-signal': { from: 'p1', userId: 'u1', data: { candidate: null } },
  'voice-speaking': { userId: 'u1', on: true },
  knock: { knockId: 'k1', userName: 'Zoe', at: 5 },
  'knock-closed': { knockId: 'k1', outcome: 'accepted', by: 'u2' },
  knocks: { roomId: 'ABC123', knocks: [{ knockId: 'k1', userName: 'Zoe', at: 5 }] },
  'invites-changed': {},
  'bans-changed': {},
  'entry-refused': { roomId: 'ABC123', reason: 'refused' },
  'room-error': { error: 'Room not found' },
  error: { error: 'Not authenticated' },
  'video-set': { videoUrl: 'https://films.example/a.mp4', videoType: 'video' },
  'video-played': { currentTime: 1, timestamp: 2 },
  'video-paused': { currentTime: 1, timestamp: 2 },
  'video-seeked': { currentTime: 1, timestamp: 2 },
  'sync-update': { currentTime: 1, isPlaying: true, timestamp: 2 },
  'new-message': { message: { ...aMessage(), isRead: false } },
  'message-edited': { messageId: 'm1', message: 'better', editedAt: '2026-01-01T20:01:00.000Z', userId: 'u1', epoch: 1, seq: 3 },
  'message-deleted': { messageId: 'm1', userId: 'u1', epoch: 1, seq: 4 },
  'message-reactions': { messageId: 'm1', reactions: [{ emoji: '👍', count: 1, userIds: ['u1'] }], epoch: 1, seq: 5 },
  'film-reactions': { reactions: [{ emoji: '👍', count: 1 }] },
  'user-typing': { userId: 'u1', userName: 'Ana' },
  'user-stopped-typing': { userId: 'u1' },
  timeline: { ...aTimeline(), serverTime: 5, reason: 'play' },
  'waiting-set': { mode: 'everyone', seconds: 5, graceMs: 1000, peopleMax: 4, strikesMax: 3, userId: 'u1', epoch: 1, seq: 2 },
  status: { members: [{ userId: 'u1', drift: -3, bound: 6, state: 'synced' }] },
  presence: { roomId: 'ABC123', big: true, count: 400 },
  'room-availability': { roomId: 'ABC123', available: false },
  'stream-position': { roomId: 'ABC123', epoch: 1, seq: 2 },
  'session-replaced': {},
  'room-closed': { roomId: 'ABC123', reason: 'expired' },
};

describe('server events', () => {
  test.each(Object.entries(GOOD))('%s is read', (name, payload) => {
    expect(readEvent(name, payload)).toMatchObject({ name });
  });

  // `session-replaced` has no fields: only a value that is not an object is invalid.
  const cases = Object.entries(GOOD).flatMap(([name, payload]) =>
    Object.entries(payload as object)
      .filter(
        ([key]) =>
          name === 'stream-position' ||
          !['epoch', 'seq', 'reason', 'serverTime', 'sessionToken', 'timeline', 'videoType', 'by', 'duration'].includes(key),
      )
      .map(([key]) => [name, key] as const),
  );
  test.each(cases)('%s without %s is invalid', (name, key) => {
    const rest = Object.fromEntries(
      Object.entries(GOOD[name as keyof typeof GOOD] as Record<string, unknown>).filter(([other]) => other !== key),
    );
    expect(readEvent(name, rest)).toBeInstanceOf(Mismatch);
  });

  test.each(Object.keys(GOOD))('%s of another type is invalid', (name) => {
    for (const wrong of [undefined, null, 7, 'text', [], [{}], true]) expect(readEvent(name, wrong)).toBeInstanceOf(Mismatch);
  });

  test.each([
    ['a number that is none', 'video-played', { currentTime: Number.NaN, timestamp: 2 }],
    ['an endless position', 'timeline', aTimeline({ position: Number.POSITIVE_INFINITY })],
    ['an unknown phase', 'timeline', { ...aTimeline(), phase: 'flying' }],
    ['a number as text', 'sync-update', { currentTime: '1', isPlaying: true, timestamp: 2 }],
    ['a user list with a hole', 'room-joined', joined({ room: aRoom({ users: [null as never] }) })],
    ['a message without its text', 'room-joined', joined({ messages: [{ ...aMessage(), message: undefined }] })],
    ['markup as an object', 'new-message', { message: { ...aMessage(), message: { html: '<b>' } } }],
    ['a state that is no word', 'status', { members: [{ userId: 'u1', drift: 0, bound: 1, state: 7 }] }],
    ['a drift as text', 'status', { members: [{ userId: 'u1', drift: '3', bound: 1, state: 'synced' }] }],
    ['waiting without a list', 'timeline', { ...aTimeline(), waiting: { reason: 'seek', until: 5 } }],
    ['waiting for another reason', 'timeline', { ...aTimeline(), waiting: { reason: 'tea', for: [], until: 5 } }],
    ['a policy of another mode', 'room-joined', joined({ room: { ...aRoom(), waiting: { mode: 'some' } } })],
    ['a name from the prototype', 'constructor', {}],
    ['a name from the prototype', '__proto__', {}],
    ['a name nobody knows', 'server-exploded', {}],
  ])('%s is invalid (%s)', (_, name, payload) => {
    expect(readEvent(name, payload)).toBeInstanceOf(Mismatch);
  });

  test('QU12 a change of the queue keeps its fields for the part of the page that checks them', () => {
    const payload = { removed: ['i1'], votes: 'many', epoch: 1, seq: 2, since: 1 };
    expect(readEvent('queue-changed', payload)).toEqual({ name: 'queue-changed', payload });
    expect(readEvent('queue-changed', { ...payload, seq: '2' })).toBeInstanceOf(Mismatch);
    expect(() => queueChange(payload, 'queue-changed')).toThrow(Mismatch);
  });

  test('VF5 an unknown state of a newer server is read as none', () => {
    const of = (userId: string, state: string) => ({ userId, drift: 0, bound: 1, state });
    expect(
      readEvent('status', { members: [of('u1', 'asleep'), of('u2', 'stuck'), of('u3', 'live'), of('u4', 'no_copy')] }),
    ).toEqual({
      name: 'status',
      payload: { members: [of('u1', 'none'), of('u2', 'stuck'), of('u3', 'live'), of('u4', 'no_copy')] },
    });
  });

  test('unknown fields are dropped', () => {
    const event = readEvent('user-left', { userId: 'u1', evil: '<img>' });
    expect(event).toEqual({ name: 'user-left', payload: { userId: 'u1' } });
  });

  test('a room that waits has the awaited members; another has none', () => {
    const waiting = { reason: 'stall', for: ['u2'], until: 9 };
    const event = readEvent('timeline', { ...aTimeline(), phase: 'preparing', resume: true, waiting: { ...waiting, more: 1 } });
    expect(event).toMatchObject({ payload: { resume: true, waiting } });
    expect(readEvent('timeline', { ...aTimeline(), waiting: null })).toEqual({ name: 'timeline', payload: aTimeline() });
  });

  test('an unknown figure is null', () => {
    const members = [{ userId: 'u1', drift: null, state: 'loading' }];
    expect(readEvent('status', { members })).toMatchObject({ payload: { members: [{ drift: null, bound: null }] } });
  });

  test('the mismatch names the field', () => {
    const event = readEvent('new-message', { message: { ...aMessage(), userName: 5 } });
    expect((event as Mismatch).message).toBe('new-message.message.userName: expected string, received number');
  });
});

describe('server answers', () => {
  test('an ok answer keeps its fields', () =>
    expect(readAck({ ok: true, messageId: 'm' })).toEqual({ ok: true, messageId: 'm' }));
  test('a rejection keeps its code', () => {
    const no = { ok: false, code: 'not_host', error: 'Only hosts', retryable: false };
    expect(readAck(no)).toEqual(no);
  });
  test.each([[{ ok: false }], [{}], [{ ok: 'yes' }], [{ ok: 1 }]])('%o is a rejection', (value) => {
    expect(readAck(value)).toMatchObject({ ok: false, code: 'internal' });
  });
  test.each([undefined, null, 5, 'ok', true, [[]], { ok: false, code: 5 }])('%o is a retryable rejection', (value) => {
    expect(readAck(value)).toMatchObject({ ok: false });
  });

  test('a clock answer needs its three times', () => {
    expect(clockAnswer({ ok: true, t1: 1, t2: 2, t3: 3, clockEpoch: 7, epoch: null, seq: null }, 'clock')).toMatchObject({
      clockEpoch: '7',
    });
    expect(() => clockAnswer({ ok: true, t1: 1, t2: '2', t3: 3, epoch: null, seq: null }, 'clock')).toThrow(Mismatch);
  });

  test('a resume answer has events or a snapshot', () => {
    expect(resumeAnswer({ ok: true, epoch: 1, seq: 4, events: [['user-left', { userId: 'u' }]] }, 'resume').events).toHaveLength(
      1,
    );
    expect(
      resumeAnswer({ ok: true, epoch: 1, seq: 4, snapshot: { room: aRoom(), messages: [] } }, 'resume').snapshot?.room.id,
    ).toBe('ABC123');
    expect(() => resumeAnswer({ ok: true, epoch: 1, seq: 4, events: [{}] }, 'resume')).toThrow(Mismatch);
  });
});
