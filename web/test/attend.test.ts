// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { takeMediaKeys } from '../src/app/media-keys';
import { keepTitle, titleText, unseenAfter } from '../src/app/title';
import { noteWaits } from '../src/app/wait-notes';
import { createWait } from '../src/app/wait';
import { createChatStore } from '../src/chat/chat-store';
import { type Timeline, readEvent, type ServerEvent } from '../src/protocol/messages';
import { createRoomStore } from '../src/room/room-store';
import { aMessage, aRoom, aTimeline, aUser, joined } from './support/wire';

const FILM = 'https://films.example/My%20Film.mp4';
const apply = (room: ReturnType<typeof createRoomStore>, name: string, payload: unknown) =>
  room.apply(readEvent(name, payload) as ServerEvent);

function aHouse(over: Record<string, unknown> = {}) {
  const room = createRoomStore();
  const users = [aUser({ isHost: true }), aUser({ id: 'u2', name: 'Bo' })];
  apply(room, 'room-joined', joined({ room: aRoom({ users, videoUrl: FILM, videoType: 'video' }), ...over }));
  return { room, chat: createChatStore() };
}

describe('the tab’s title', () => {
  test.each([
    [{ id: null, film: null }, 0, 'Watch N Chill'],
    [{ id: 'ABC123', film: null }, 0, 'Room ABC123 · Watch N Chill'],
    [{ id: 'ABC123', film: FILM }, 3, '(3) My Film · Watch N Chill'],
    [{ id: 'ABC123', film: FILM }, 200, '(99+) My Film · Watch N Chill'],
  ])('%o %d', (room, unseen, text) => expect(titleText(room, unseen)).toBe(text));

  test('counts the messages of others while the page is hidden, and forgets them at the first look', () => {
    const { room, chat } = aHouse();
    const page = { hidden: false, title: '', ...listeners() };
    const end = keepTitle({ room, entries: chat.entries, page: page as never });
    const look = (hidden: boolean) => {
      page.hidden = hidden;
      page.fire();
    };
    chat.add(aMessage({ id: 'a' }), false);
    expect(page.title).toBe('My Film · Watch N Chill');
    chat.note({ topic: 'playback', text: 'Ana paused' });
    look(true);
    expect(page.title).toBe('My Film · Watch N Chill');
    // The quiet line that stood last is replaced meanwhile.
    chat.note({ topic: 'playback', text: 'Ana pressed play' });
    chat.add(aMessage({ id: 'b' }), false);
    chat.add(aMessage({ id: 'c', userId: 'u1' }), true);
    chat.add(aMessage({ id: 'd' }), false);
    expect(page.title).toBe('(2) My Film · Watch N Chill');
    look(false);
    expect(page.title).toBe('My Film · Watch N Chill');
    end();
    look(true);
    chat.add(aMessage({ id: 'e' }), false);
    expect(page.title).toBe('My Film · Watch N Chill');
  });

  test('a chat that was empty, and one that has moved on', () => {
    const chat = createChatStore();
    chat.add(aMessage({ id: 'a' }), false);
    expect([unseenAfter(chat.entries.value, null, 'u1'), unseenAfter(chat.entries.value, 'gone', 'u1')]).toEqual([1, 1]);
  });
});

describe('media keys', () => {
  function keys(host: boolean) {
    const handlers = new Map<string, MediaSessionActionHandler>();
    const session = {
      metadata: null as { title: string; artist: string } | null,
      playbackState: 'none',
      setActionHandler(action: string, run: MediaSessionActionHandler | null) {
        if (run === null) handlers.delete(action);
        else handlers.set(action, run);
      },
    };
    const { room } = aHouse(host ? {} : { user: aUser({ id: 'u2', name: 'Bo' }) });
    const running = signal(false);
    const remote = { running, toggle: vi.fn(() => void (running.value = !running.value)), skip: vi.fn(async () => undefined) };
    const end = takeMediaKeys({ room, remote, session: session as never });
    const press = (action: string, details = {}) => handlers.get(action)?.({ action, ...details } as never);
    return { session, handlers, room, remote, running, press, end };
  }
  beforeEach(() => {
    const Metadata = function (this: object, init: object) {
      Object.assign(this, init);
    };
    vi.stubGlobal('MediaMetadata', Metadata);
  });
  afterEach(() => vi.unstubAllGlobals());

  test('a host plays, pauses and skips for the room; a key never does the opposite of its name', () => {
    const { press, remote, session } = keys(true);
    press('pause');
    expect(remote.toggle).not.toHaveBeenCalled();
    press('play');
    press('play');
    expect(remote.toggle).toHaveBeenCalledTimes(1);
    expect(session.playbackState).toBe('playing');
    press('pause');
    expect(remote.toggle).toHaveBeenCalledTimes(2);
    press('seekbackward');
    press('seekforward', { seekOffset: 30 });
    expect(remote.skip.mock.calls).toEqual([[-10], [30]]);
  });

  test('a guest has no keys to skip with until the remote is theirs', () => {
    const { handlers, room } = keys(false);
    expect([...handlers.keys()]).toEqual(['play', 'pause']);
    apply(room, 'user-promoted', { userId: 'u2', userName: 'Bo' });
    expect([...handlers.keys()]).toEqual(['play', 'pause', 'seekbackward', 'seekforward']);
  });

  test('they say what runs and where, and nothing is left of them afterwards', () => {
    const { session, handlers, room, end } = keys(true);
    expect(session.metadata).toMatchObject({ title: 'My Film', artist: 'Room ABC123' });
    room.clear();
    expect([session.metadata, session.playbackState, handlers.size]).toEqual([null, 'none', 0]);
    end();
    expect(handlers.size).toBe(0);
  });

  test('a browser without them, or without one of them, is no trouble', () => {
    const { room, remote } = keys(true);
    expect(() => takeMediaKeys({ room, remote, session: undefined })()).not.toThrow();
    const fussy = { metadata: null, playbackState: 'none', setActionHandler: () => { throw new TypeError('no'); } }; // prettier-ignore
    expect(() => takeMediaKeys({ room, remote, session: fussy as never })()).not.toThrow();
  });
});

const waiting = { reason: 'stall' as const, for: ['u2'], until: 5000 };
const preparing = (over: Partial<Timeline> = {}) =>
  aTimeline({ seq: 5, phase: 'preparing', resume: true, reason: 'stall', waiting, ...over });

describe('how a wait ended', () => {
  function watched() {
    const { room, chat } = aHouse();
    const toasts = { show: vi.fn() };
    const step = { state: signal('ready' as const) };
    noteWaits({ room, chat, toasts, step: step as never });
    const lines = () => chat.entries.value.map((entry) => (entry.kind === 'line' ? entry.text : ''));
    const starts = (over: Partial<Timeline>) => apply(room, 'timeline', aTimeline({ seq: 6, phase: 'playing', ...over }));
    return { room, toasts, lines, starts };
  }

  test('everybody is ready: said after a stall, not after a seek, and never aloud', () => {
    const { room, toasts, lines, starts } = watched();
    apply(room, 'timeline', preparing());
    starts({ reason: 'ready' });
    expect(lines()).toEqual(['Everybody is ready']);
    apply(room, 'timeline', preparing({ seq: 7, waiting: { ...waiting, reason: 'seek' } }));
    starts({ seq: 8, reason: 'ready' });
    expect(lines()).toEqual(['Everybody is ready']);
    expect(toasts.show).not.toHaveBeenCalled();
  });

  test('the one who was left behind is named', () => {
    const { room, toasts, lines, starts } = watched();
    apply(room, 'timeline', preparing());
    starts({ reason: 'deadline' });
    expect(lines()).toEqual(['Went on without Bo']);
    expect(toasts.show).toHaveBeenCalledWith('Went on without Bo');
  });

  test('and so is whoever did not want to wait', () => {
    const { room, toasts, lines, starts } = watched();
    apply(room, 'timeline', preparing());
    starts({ reason: 'play', by: 'u1' });
    expect(lines()).toEqual(['You went on without Bo']);
    expect(toasts.show).not.toHaveBeenCalled();
  });

  test('a pause, another film or a play out of a pause end no wait', () => {
    const { room, lines, starts } = watched();
    apply(room, 'timeline', preparing());
    apply(room, 'timeline', aTimeline({ seq: 6, phase: 'paused', reason: 'pause' }));
    starts({ seq: 7, reason: 'play', by: 'u1' });
    apply(room, 'timeline', preparing({ seq: 8 }));
    starts({ seq: 9, item: 2, reason: 'deadline' });
    expect(lines()).toEqual([]);
  });
});

describe('how long it still waits', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });

  test('nothing at first, then whole seconds, then nothing again', () => {
    let server: number | null = 1000;
    const timeline = signal<Timeline | null>(null);
    const wait = createWait(timeline, () => server);
    const pass = (ms: number) => {
      if (server !== null) server += ms;
      vi.advanceTimersByTime(ms);
    };
    timeline.value = preparing();
    pass(600);
    expect(wait.value).toBeNull();
    pass(200);
    expect(wait.value).toEqual({ secondsLeft: 4 });
    pass(1400);
    expect(wait.value).toEqual({ secondsLeft: 2 });
    // One of two is ready: the same wait.
    timeline.value = preparing({ seq: 6, waiting: { ...waiting, for: [] } });
    expect(wait.value).toEqual({ secondsLeft: 2 });
    // Another seek: a wait of its own.
    timeline.value = preparing({ seq: 7, waiting: { ...waiting, until: 9000 } });
    expect(wait.value).toBeNull();
    pass(800);
    expect(wait.value?.secondsLeft).toBeGreaterThan(3);
    timeline.value = aTimeline({ seq: 8, phase: 'playing' });
    expect(wait.value).toBeNull();
    pass(5000);
    expect(wait.value).toBeNull();
  });

  test('a clock that is not known yet counts nothing down', () => {
    const timeline = signal<Timeline | null>(preparing());
    const wait = createWait(timeline, () => null);
    vi.advanceTimersByTime(800);
    expect(wait.value).toEqual({ secondsLeft: null });
  });
});

function listeners() {
  const all = new Set<() => void>();
  return {
    addEventListener: (_: string, run: () => void) => void all.add(run),
    removeEventListener: (_: string, run: () => void) => void all.delete(run),
    fire: () => all.forEach((run) => run()),
  };
}
