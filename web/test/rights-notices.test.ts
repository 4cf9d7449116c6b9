import { describe, expect, test } from 'vitest';
import { Mismatch } from '../src/protocol/check';
import { readEvent, type ServerEvent } from '../src/protocol/messages';
import { DEFAULT_SETTINGS, type RoomSettings } from '../src/protocol/room-access';
import { type MemberLookup, noticeFor } from '../src/room/event-notices';
import { dateOfMoment, timeOfMoment } from '../src/room/format';
import { settingsChanges, slowModeText } from '../src/room/settings-notices';
import { aTimeline } from './support/wire';

const NAMES: Record<string, string> = { u1: 'Ana', u2: 'Ben', u3: 'Cem' };
/** This viewer is Ana. */
const known: MemberLookup = {
  nameOf: (id) => NAMES[id ?? ''] ?? null,
  isMe: (id) => id === 'u1',
  settings: DEFAULT_SETTINGS,
};
const read = (name: string, payload: unknown) => readEvent(name, payload) as ServerEvent;
const settings = (change: Partial<RoomSettings>) => ({ ...DEFAULT_SETTINGS, ...change });

/** Returns the text, with an exclamation mark before it when it is also shown over the film. */
function said(name: string, payload: unknown, lookup = known): string | null {
  const notice = noticeFor(read(name, payload), lookup);
  return notice === null ? null : `${notice.toast === true ? '!' : ''}${notice.text}`;
}

describe('RT7 who did it', () => {
  test.each<[string, string, object, string | null]>([
    ['RT1', 'user-promoted', { userId: 'u2', userName: 'Ben', by: 'u3' }, 'Cem gave Ben the remote'],
    ['RT1', 'user-promoted', { userId: 'u2', userName: 'Ben', by: 'u1' }, 'You gave Ben the remote'],
    ['RT1 the room decided', 'user-promoted', { userId: 'u2', userName: 'Ben' }, 'Ben holds the remote now'],
    ['RT1 by one who has left', 'user-promoted', { userId: 'u2', userName: 'Ben', by: 'u9' }, 'Ben holds the remote now'],
    ['RT1', 'user-promoted', { userId: 'u1', userName: 'Ana', by: 'u3' }, '!You hold the remote now'],
    ['RT6', 'user-demoted', { userId: 'u2', userName: 'Ben', by: 'u3' }, 'Cem took the remote back from Ben'],
    ['RT6', 'user-demoted', { userId: 'u2', userName: 'Ben' }, 'The owner took the remote back from Ben'],
    ['RT6', 'user-demoted', { userId: 'u1', userName: 'Ana', by: 'u3' }, '!Cem took the remote back from you'],
    ['RT6', 'user-demoted', { userId: 'u1', userName: 'Ana', by: 'u9' }, '!The owner took the remote back from you'],
    ['RT6 oneself', 'user-demoted', { userId: 'u2', userName: 'Ben', by: 'u2' }, 'Ben gave up the remote'],
    ['RT6 oneself', 'user-demoted', { userId: 'u1', userName: 'Ana', by: 'u1' }, 'You gave up the remote'],
    ['RT2', 'room-transferred', { hostId: 'u2', hostName: 'Ben', by: 'u3' }, 'Cem handed the room over to Ben'],
    ['RT2', 'room-transferred', { hostId: 'u2', hostName: 'Ben', by: 'u1' }, 'You handed the room over to Ben'],
    ['RT2', 'room-transferred', { hostId: 'u1', hostName: 'Ana', by: 'u3' }, '!Cem handed the room over to you'],
    ['RT1 the owner left', 'room-transferred', { hostId: 'u2', hostName: 'Ben' }, 'Ben owns the room now'],
    ['RT1 the owner left', 'room-transferred', { hostId: 'u1', hostName: 'Ana' }, 'You own the room now'],
    ['RT1 by the host token', 'room-transferred', { hostId: 'u2', hostName: 'Ben', by: 'u2' }, 'Ben owns the room now'],
    ['RT2 the token', 'room-transferred', { hostId: 'u1', hostName: 'Ana', by: 'u3', hostToken: 't' }, null],
    ['EN8', 'user-left', { userId: 'u2', by: 'u3', reason: 'removed' }, 'Cem removed Ben'],
    ['EN9', 'user-left', { userId: 'u2', by: 'u1', reason: 'banned' }, 'You banned Ben'],
    ['EN9 by one who has left', 'user-left', { userId: 'u2', by: 'u9', reason: 'banned' }, 'Ben was banned'],
    ['EN8', 'user-left', { userId: 'u2', reason: 'removed' }, 'Ben was removed'],
    ['EN8 a reason of a newer server', 'user-left', { userId: 'u2', by: 'u3', reason: 'bored' }, 'Ben left'],
    ['EN8 a member of a large room that was not shown', 'user-left', { userId: 'u9', by: 'u3', reason: 'removed' }, null],
    ['EN11', 'member-muted', { userId: 'u2', userName: 'Ben', muted: true, by: 'u3' }, 'Cem muted Ben'],
    ['EN11', 'member-muted', { userId: 'u2', userName: 'Ben', muted: false, by: 'u1' }, 'You let Ben write again'],
    ['EN11', 'member-muted', { userId: 'u1', userName: 'Ana', muted: true, by: 'u3' }, '!Cem muted you'],
    ['EN11', 'member-muted', { userId: 'u1', userName: 'Ana', muted: false }, '!A host let you write again'],
    [
      'EN11 the owner itself',
      'member-muted',
      { userId: 'u1', userName: 'Ana', muted: false, by: 'u1' },
      'You let yourself write again',
    ],
    ['RT7', 'video-set', { videoUrl: 'https://films.example/a_b.mp4', videoType: 'video', userId: 'u2' }, 'Ben put on A b'],
    ['RT7', 'video-set', { videoUrl: 'https://films.example/a.mp4', videoType: 'video', userId: 'u9' }, 'Now showing: A'],
    ['RT7 no link', 'video-set', { videoUrl: 'javascript:x', videoType: null, userId: 'u1' }, 'You put on Film'],
    ['RT8', 'timeline', aTimeline({ by: 'u2', reason: 'undo', position: 61 }), '!Ben took the jump back, to 1:01'],
    ['RT8', 'timeline', aTimeline({ by: 'u1', reason: 'undo', position: 61 }), 'You took the jump back, to 1:01'],
    ['RT8 by one who has left', 'timeline', aTimeline({ by: 'u9', reason: 'undo' }), null],
    ['a reason that is a name of every object', 'timeline', aTimeline({ by: 'u2', reason: 'toString' }), null],
    ['EN4', 'knock', { knockId: 'k1', userName: 'Dia', at: 1 }, null],
    ['EN4', 'knock-closed', { knockId: 'k1', outcome: 'accepted', by: 'u2' }, null],
  ])('%s %s %o', (_, name, payload, text) => expect(said(name, payload)).toBe(text));

  test.each([
    ['user-demoted', { userId: 'u2' }],
    ['room-transferred', { hostId: 'u2', hostName: 5 }],
    ['member-muted', { userId: 'u2', userName: 'Ben', muted: 'yes' }],
    ['settings-changed', { settings: { ...DEFAULT_SETTINGS, slowModeMs: null }, userId: 'u2' }],
    ['settings-changed', { userId: 'u2' }],
    ['knock', { knockId: 'k1', userName: 'Dia' }],
    ['knock', { knockId: 'k1', userName: 'Dia', at: Number.NaN }],
    ['knocks', { roomId: 'ABC123', knocks: [null] }],
    ['entry-refused', { roomId: 'ABC123' }],
  ])('a malformed %s %o is not read', (name, payload) => expect(readEvent(name, payload)).toBeInstanceOf(Mismatch));
});

describe('RT3 a change of the settings', () => {
  test.each<[Partial<RoomSettings>, string]>([
    [{ title: 'Friday' }, 'named the room “Friday”'],
    [{ title: '<b>“x”</b>' }, 'named the room “<b>“x”</b>”'],
    [{ control: 'everyone' }, 'let everybody control the film'],
    [{ chat: 'hosts' }, 'closed the chat to all but hosts'],
    [{ slowModeMs: 10_000 }, 'set slow mode to one message every 10 s'],
    [{ entry: 'password', hasPassword: true }, 'locked the room with a password'],
    [{ entry: 'approval' }, 'locked the room: a host lets people in'],
    [{ entry: 'closed' }, 'closed the doors to new people'],
    [{ listed: true }, 'listed the room on the start page'],
    [{ queue: 'everyone' as const }, 'let everybody add to the queue'],
    [{ skipShare: 1 }, 'set votes to skip to 100 %'],
  ])('%o is said as "%s", and its end otherwise', (change, words) => {
    const [before, after] = [DEFAULT_SETTINGS, settings(change)];
    expect(settingsChanges(before, after)).toEqual([words]);
    const [back, ...more] = settingsChanges(after, before);
    expect(more).toEqual([]);
    expect(back).toMatch(/\w/);
    expect(back).not.toBe(words);
    expect(settingsChanges(after, { ...after })).toEqual([]);
  });

  test('several are one sentence, which names who did it', () => {
    const payload = { userId: 'u2', settings: settings({ title: 'Friday', chat: 'hosts', listed: true }) };
    expect(said('settings-changed', payload)).toBe(
      'Ben named the room “Friday”, closed the chat to all but hosts and listed the room on the start page',
    );
    expect(said('settings-changed', { ...payload, userId: 'u9' })).toMatch(/^A host named/);
    expect(said('settings-changed', { ...payload, userId: 'u1' })).toMatch(/^You named/);
  });

  test('RT4 who may control the film is also said over it, except to who decided it', () => {
    const payload = { userId: 'u2', settings: settings({ control: 'everyone' }) };
    expect(said('settings-changed', payload)).toBe('!Ben let everybody control the film');
    expect(said('settings-changed', { ...payload, userId: 'u1' })).toBe('You let everybody control the film');
  });

  test('one that is not shown on the page says nothing: a password behind the door', () => {
    expect(said('settings-changed', { userId: 'u2', settings: settings({ hasPassword: true }) })).toBeNull();
  });

  test('a value of a newer server counts as the one of every new room', () => {
    const payload = { userId: 'u2', settings: { ...DEFAULT_SETTINGS, entry: 'dress-code', control: 'cats', chat: null } };
    expect(said('settings-changed', payload)).toBeNull();
  });

  test.each([
    [1, '1 s'],
    [999, '1 s'],
    [5000, '5 s'],
    [59_000, '59 s'],
    [60_000, '1 min'],
  ])('RT5 %d ms of slow mode are "%s"', (ms, text) => expect(slowModeText(ms)).toBe(text));
});

test.each([8.7e15, -8.7e15, 1e300, Number.MAX_VALUE])('a moment that no calendar has (%d) is no text, and no error', (ms) => {
  expect([timeOfMoment(ms), dateOfMoment(ms)]).toEqual(['', '']);
});
