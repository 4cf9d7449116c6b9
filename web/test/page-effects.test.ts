// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { bindMediaKeys } from '../src/app/media-keys';
import { bindTabTitle, tabTitle, countUnseen } from '../src/app/tab-title';
import { announceBarrierEnds } from '../src/app/barrier-notices';
import { createBarrierCountdown } from '../src/app/barrier-countdown';
import { createChatStore } from '../src/chat/chat-store';
import { type Timeline, readEvent, type ServerEvent } from '../src/protocol/messages';
import { createRoomStore } from '../src/room/room-store';
import { aMessage, aRoom, aTimeline, aUser, joined } from './support/wire';

const FILM = 'https://films.example/My%20Film.mp4';
const apply = (room: ReturnType<typeof createRoomStore>, name: string, payload: unknown) =>
  room.apply(readEvent(name, payload) as ServerEvent);

function joinedRoom(over: Record<string, unknown> = {}) {
  const room = createRoomStore();
  const users = [aUser({ isHost: true }), aUser({ id: 'u2', name: 'Bo' })];
  apply(room, 'room-joined', joined({ room: aRoom({ users, videoUrl: FILM, videoType: 'video' }), ...over }));
  return { room, chat: createChatStore() };
}

describe('the tab’s title', () => {
  test.each([
    [{ id: null, film: null }, 0, 'Watch N Chill'],
    [{ id: 'ABC123', film: null }, 0, 'Room ABC123 · Watch N Chill'],
    [{ id: 'ABC123', film: 'My Film' }, 3, '(3) My Film · Watch N Chill'],
    [{ id: 'ABC123', film: 'My Film' }, 200, '(99+) My Film · Watch N Chill'],
  ])('%o %d', (room, unseen, text) => expect(tabTitle(room, unseen)).toBe(text));

  test('counts messages of others while the page is hidden, and resets when it is shown', () => {
    const { room, chat } = joinedRoom();
    const page = { hidden: false, title: '', ...listeners() };
    const end = bindTabTitle({ room, entries: chat.entries, page: page as never });
    const look = (hidden: boolean) => {
      page.hidden = hidden;
      page.fire();
    };
    chat.add(aMessage({ id: 'a' }), false);
    expect(page.title).toBe('My Film · Watch N Chill');
    chat.addNotice({ topic: 'playback', text: 'Ana paused' });
    look(true);
    expect(page.title).toBe('My Film · Watch N Chill');
    // The last notice is replaced meanwhile.
    chat.addNotice({ topic: 'playback', text: 'Ana pressed play' });
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

  test('counts from an empty chat, and from a message that is gone', () => {
    const chat = createChatStore();
    chat.add(aMessage({ id: 'a' }), false);
    expect([countUnseen(chat.entries.value, null, 'u1'), countUnseen(chat.entries.value, 'gone', 'u1')]).toEqual([1, 1]);
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
    const { room } = joinedRoom(host ? {} : { user: aUser({ id: 'u2', name: 'Bo' }) });
    const running = signal(false);
    const controls = { running, toggle: vi.fn(() => void (running.value = !running.value)), skip: vi.fn(async () => undefined) };
    const end = bindMediaKeys({ room, controls, session: session as never });
    const press = (action: string, details = {}) => handlers.get(action)?.({ action, ...details } as never);
    return { session, handlers, room, controls, running, press, end };
  }
  beforeEach(() => {
    const Metadata = function (this: object, init: object) {
      Object.assign(this, init);
    };
    vi.stubGlobal('MediaMetadata', Metadata);
  });
  afterEach(() => vi.unstubAllGlobals());

  test('a host plays, pauses and skips for the room; a key never does its opposite', () => {
    const { press, controls, session } = keys(true);
    press('pause');
    expect(controls.toggle).not.toHaveBeenCalled();
    press('play');
    press('play');
    expect(controls.toggle).toHaveBeenCalledTimes(1);
    expect(session.playbackState).toBe('playing');
    press('pause');
    expect(controls.toggle).toHaveBeenCalledTimes(2);
    press('seekbackward');
    press('seekforward', { seekOffset: 30 });
    expect(controls.skip.mock.calls).toEqual([[-10], [30]]);
  });

  test('a guest has no skip keys until promoted', () => {
    const { handlers, room } = keys(false);
    expect([...handlers.keys()]).toEqual(['play', 'pause']);
    apply(room, 'user-promoted', { userId: 'u2', userName: 'Bo' });
    expect([...handlers.keys()]).toEqual(['play', 'pause', 'seekbackward', 'seekforward']);
  });

  test('metadata shows film and room, and is removed at the end', () => {
    const { session, handlers, room, end } = keys(true);
    expect(session.metadata).toMatchObject({ title: 'My Film', artist: 'Room ABC123' });
    room.clear();
    expect([session.metadata, session.playbackState, handlers.size]).toEqual([null, 'none', 0]);
    end();
    expect(handlers.size).toBe(0);
  });

  test('a browser without media keys, or without one of them, is supported', () => {
    const { room, controls } = keys(true);
    expect(() => bindMediaKeys({ room, controls, session: undefined })()).not.toThrow();
    const fussy = { metadata: null, playbackState: 'none', setActionHandler: () => { throw new TypeError('no'); } }; // prettier-ignore
    expect(() => bindMediaKeys({ room, controls, session: fussy as never })()).not.toThrow();
  });
});

const waiting = { reason: 'stall' as const, for: ['u2'], until: 5000 };
const preparing = (over: Partial<Timeline> = {}) =>
  aTimeline({ seq: 5, phase: 'preparing', resume: true, reason: 'stall', waiting, ...over });

describe('end of a ready barrier', () => {
  function watched() {
    const { room, chat } = joinedRoom();
    const toasts = { show: vi.fn() };
    const step = { state: signal('ready' as const) };
    announceBarrierEnds({ room, chat, toasts, syncStatus: step as never });
    const lines = () => chat.entries.value.map((entry) => (entry.kind === 'notice' ? entry.text : ''));
    const starts = (over: Partial<Timeline>) => apply(room, 'timeline', aTimeline({ seq: 6, phase: 'playing', ...over }));
    return { room, toasts, lines, starts };
  }

  test('everybody ready: announced after a stall, not after a seek, and never as a toast', () => {
    const { room, toasts, lines, starts } = watched();
    apply(room, 'timeline', preparing());
    starts({ reason: 'ready' });
    expect(lines()).toEqual(['Everybody is ready']);
    apply(room, 'timeline', preparing({ seq: 7, waiting: { ...waiting, reason: 'seek' } }));
    starts({ seq: 8, reason: 'ready' });
    expect(lines()).toEqual(['Everybody is ready']);
    expect(toasts.show).not.toHaveBeenCalled();
  });

  test('the member left behind is named', () => {
    const { room, toasts, lines, starts } = watched();
    apply(room, 'timeline', preparing());
    starts({ reason: 'deadline' });
    expect(lines()).toEqual(['Went on without Bo']);
    expect(toasts.show).toHaveBeenCalledWith('Went on without Bo');
  });

  test('the member who skipped the barrier is named', () => {
    const { room, toasts, lines, starts } = watched();
    apply(room, 'timeline', preparing());
    starts({ reason: 'play', by: 'u1' });
    expect(lines()).toEqual(['You went on without Bo']);
    expect(toasts.show).not.toHaveBeenCalled();
  });

  test('a pause, another film or a play after a pause announce nothing', () => {
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
    const wait = createBarrierCountdown(timeline, () => server);
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
    // One of two is ready: the same barrier.
    timeline.value = preparing({ seq: 6, waiting: { ...waiting, for: [] } });
    expect(wait.value).toEqual({ secondsLeft: 2 });
    // Another seek: another barrier.
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
    const wait = createBarrierCountdown(timeline, () => null);
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
