// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ProviderApi, ProviderSignals, ProviderTraits } from '../src/media/providers/provider-api';
import { ProviderPlayer } from '../src/media/providers/provider-player';
import { ELEMENT_DEFAULTS } from '../src/playback/controller-types';

const TRAITS: ProviderTraits = {
  abilities: { ...ELEMENT_DEFAULTS, canDuck: false },
  earlySeek: 'works',
  reportsSeekEnd: false,
  reportGapMs: 900,
  presumesAdverts: false,
  reportsViewerActions: true,
};
const events = { onChange: vi.fn(), onExternalAction: vi.fn(), onDiscontinuity: vi.fn(), onBlocked: vi.fn(), onProblem: vi.fn() };

let calls: string[] = [];
let signals: ProviderSignals;
let player: ProviderPlayer;

function open(traits: Partial<ProviderTraits> = {}, ask = true): void {
  player = new ProviderPlayer(
    (mount, given) => {
      signals = given;
      const view = document.createElement('div');
      mount.append(view);
      const api: ProviderApi = {
        view,
        traits: { ...TRAITS, ...traits },
        play: () => void calls.push('play'),
        pause: () => void calls.push('pause'),
        seek: (to) => void calls.push(`seek ${to}`),
        setRate: (rate) => void calls.push(`rate ${rate}`),
        setVolume: (level, muted) => void calls.push(`volume ${level} ${muted}`),
        ...(ask && { askPosition: () => void calls.push('ask') }),
        explainSilence: () => Promise.resolve({ title: 'silent', hint: '' }),
        destroy: () => void calls.push('destroy'),
      };
      return api;
    },
    document.createElement('div'),
    events,
  );
}

/** Passes time, and reports positions of a film that plays. */
function run(ms: number, from: number, everyMs = 100): number {
  for (let passed = everyMs; passed <= ms; passed += everyMs) {
    vi.advanceTimersByTime(everyMs);
    signals.position(from + passed / 1000);
  }
  return from + ms / 1000;
}

function startedAt(position: number): void {
  signals.ready(0.05);
  signals.position(position);
  player.play();
  signals.phase('playing');
  run(200, position);
  for (const spy of Object.values(events)) spy.mockClear();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
  calls = [];
  for (const spy of Object.values(events)) spy.mockReset();
});
afterEach(() => {
  player.destroy();
  vi.useRealTimers();
});

describe('a player in a frame', () => {
  test('is ready when it takes commands, and not before', () => {
    open();
    player.play();
    player.seek(3);
    player.setVolume(0.5, true);
    expect(player.measure()).toMatchObject({ ready: false, paused: true });
    expect(calls).toEqual([]);
    signals.ready(0.25);
    expect(calls).toEqual(['volume 0.5 true']);
    signals.duration(60);
    expect(player.measure()).toMatchObject({ ready: true, paused: true, duration: 60 });
    expect(player.abilities().quantum).toBe(0.25);
  });

  test('that never gets ready is explained', async () => {
    open();
    await vi.advanceTimersByTimeAsync(15_001);
    expect(events.onProblem).toHaveBeenCalledWith({ title: 'silent', hint: '' });
    expect(player.measure().ready).toBe(false);
  });

  test('moves once a report is further, and is extrapolated from then on', () => {
    open();
    signals.ready(0);
    player.play();
    expect(player.measure()).toMatchObject({ paused: false, stalled: false });
    signals.phase('playing');
    signals.position(0);
    vi.advanceTimersByTime(100);
    expect(player.measure().position).toBe(0);
    signals.position(0.06);
    vi.advanceTimersByTime(50);
    expect(player.measure().position).toBeCloseTo(0.11, 6);
    expect(events.onDiscontinuity).toHaveBeenCalled();
  });

  test('a slow start is no stall at first, and then it is', () => {
    open();
    signals.ready(0);
    player.play();
    signals.phase('playing');
    vi.advanceTimersByTime(1400);
    expect(player.measure().stalled).toBe(false);
    vi.advanceTimersByTime(200);
    expect(player.measure().stalled).toBe(true);
  });

  test('stands when reports do not get further, and when there are none', () => {
    open();
    startedAt(10);
    vi.advanceTimersByTime(1000);
    expect(player.measure()).toMatchObject({ stalled: true, paused: false });
    expect(player.measure().position).toBeCloseTo(10.2, 6);
    run(300, 10.2);
    expect(player.measure()).toMatchObject({ stalled: false });
  });

  test('buffering is a stall only while the film moves', () => {
    open();
    startedAt(10);
    signals.buffering(true);
    expect(player.measure()).toMatchObject({ stalled: true, canPlay: false });
    signals.buffering(false);
    run(200, 10.2);
    expect(player.measure()).toMatchObject({ stalled: false, canPlay: true });
  });

  test('a start without an answer is blocked after three seconds', () => {
    open();
    signals.ready(0);
    player.play();
    vi.advanceTimersByTime(2900);
    expect(events.onBlocked).not.toHaveBeenCalled();
    vi.advanceTimersByTime(200);
    expect(events.onBlocked).toHaveBeenCalledTimes(1);
    expect(player.measure().paused).toBe(true);
  });

  test('own actions are not reported as external, and external ones are', () => {
    open();
    startedAt(10);
    player.pause();
    signals.phase('paused');
    expect(events.onExternalAction).not.toHaveBeenCalled();
    signals.phase('playing');
    expect(events.onExternalAction).toHaveBeenLastCalledWith('play');
    run(200, 10.2);
    signals.phase('paused');
    expect(events.onExternalAction).toHaveBeenLastCalledWith('pause');
  });

  test('a pause at the end of the film is not an action of the viewer', () => {
    open();
    signals.duration(10.5);
    startedAt(10);
    signals.phase('paused');
    signals.phase('ended');
    expect(events.onExternalAction).not.toHaveBeenCalled();
    expect(player.measure()).toMatchObject({ ended: true, position: 10.5 });
  });

  test('a rate change moves the position on at the new rate', () => {
    open();
    startedAt(10);
    player.setRate(1.05);
    vi.advanceTimersByTime(400);
    expect(calls).toContain('rate 1.05');
    expect(player.measure().position).toBeCloseTo(10.2 + 0.42, 3);
    expect(player.measure().rate).toBe(1.05);
  });

  test('a broadcast has no positions to stand at', () => {
    open();
    signals.live();
    signals.ready(0);
    player.play();
    signals.phase('playing');
    vi.advanceTimersByTime(20_000);
    expect(player.measure()).toMatchObject({ live: { edge: null }, stalled: false, duration: 0 });
  });

  test('a destroyed player reports nothing', () => {
    open();
    startedAt(10);
    player.destroy();
    signals.phase('paused');
    signals.problem({ title: '', hint: '' });
    vi.advanceTimersByTime(20_000);
    for (const spy of Object.values(events)) expect(spy).not.toHaveBeenCalled();
  });
});

describe('seeks', () => {
  test('end near the goal when the film moves', () => {
    open();
    startedAt(10);
    player.seek(50);
    signals.position(10.3);
    expect(player.measure()).toMatchObject({ seeking: true, position: 50 });
    signals.position(50);
    vi.advanceTimersByTime(100);
    expect(player.measure().seeking).toBe(true);
    signals.position(50.1);
    expect(player.measure()).toMatchObject({ seeking: false, stalled: false });
    expect(player.measure().position).toBeCloseTo(50.1, 6);
  });

  test('of a paused player end after a moment', () => {
    open();
    signals.ready(0);
    player.seek(20);
    signals.position(20);
    expect(player.measure().seeking).toBe(true);
    vi.advanceTimersByTime(300);
    signals.position(20);
    expect(player.measure()).toMatchObject({ seeking: false, position: 20, paused: true });
  });

  test('end by their event where there is one', () => {
    open({ reportsSeekEnd: true });
    startedAt(10);
    player.seek(50);
    signals.position(50);
    signals.position(50.1);
    expect(player.measure().seeking).toBe(true);
    signals.seekEnded(49.9);
    expect(player.measure()).toMatchObject({ seeking: false, position: 49.9 });
  });

  test('that end elsewhere end by a timeout', () => {
    open();
    startedAt(10);
    player.seek(50);
    vi.advanceTimersByTime(4100);
    expect(player.measure().seeking).toBe(false);
  });

  test('that may be early end at the start of a segment', () => {
    open({ abilities: { ...TRAITS.abilities, seekSlackMs: 2000 } });
    signals.ready(0);
    player.seek(21.5);
    vi.advanceTimersByTime(300);
    signals.position(20);
    expect(player.measure()).toMatchObject({ seeking: false, position: 20 });
  });

  test('before the first start are as others, where they work', () => {
    open({ earlySeek: 'works' });
    signals.ready(0);
    calls = [];
    player.seek(42);
    expect(calls).toEqual(['seek 42']);
  });

  test('before the first start start some players, which are paused at the goal', () => {
    open({ earlySeek: 'starts', reportsSeekEnd: true }, false);
    player.setVolume(0.5, false);
    signals.ready(0);
    calls = [];
    player.seek(42);
    expect(calls.splice(0)).toEqual(['volume 0.5 true', 'seek 42']);
    expect(player.measure()).toMatchObject({ seeking: true, paused: false, position: 42 });
    signals.seekEnded(42);
    signals.phase('playing');
    expect(calls.splice(0)).toEqual(['volume 0.5 false', 'pause']);
    signals.phase('paused');
    expect(player.measure()).toMatchObject({ seeking: false, paused: true, position: 42 });
    player.seek(50);
    expect(calls).toEqual(['seek 50']);
    expect(events.onExternalAction).not.toHaveBeenCalled();
  });

  test('before the first start are ignored by some players, which run until they take one', () => {
    open({ earlySeek: 'ignored', reportsSeekEnd: true }, false);
    signals.ready(0);
    calls = [];
    player.seek(42);
    player.seek(43);
    expect(calls.splice(0)).toEqual(['volume 1 true', 'play']);
    signals.phase('playing');
    expect(player.measure()).toMatchObject({ seeking: true, position: 43 });
    run(100, 0);
    expect(calls.splice(0)).toEqual(['seek 43']);
    signals.seekEnded(43);
    expect(calls).toEqual(['volume 1 false', 'pause']);
  });

  test('before a first start that the browser forbids are kept for the viewer', () => {
    open({ earlySeek: 'ignored' }, false);
    signals.ready(0);
    player.seek(42);
    signals.blocked();
    expect(events.onBlocked).toHaveBeenCalled();
    calls = [];
    player.play();
    signals.phase('playing');
    run(100, 0);
    expect(calls).toEqual(['play', 'seek 42']);
  });
});

describe('advertisements', () => {
  test('that are reported hold the film', () => {
    open();
    startedAt(10);
    signals.advert(true);
    expect(player.measure()).toMatchObject({ advert: true, stalled: true, paused: false });
    signals.phase('paused');
    signals.phase('playing');
    expect(events.onExternalAction).not.toHaveBeenCalledWith('pause');
    signals.advert(false);
    run(300, 10.2);
    expect(player.measure()).toMatchObject({ advert: false, stalled: false });
  });

  test('that are not reported are presumed when a playing film does not move', () => {
    open({ presumesAdverts: true, reportGapMs: 2500 });
    signals.ready(0);
    player.play();
    signals.phase('playing');
    vi.advanceTimersByTime(2900);
    expect(player.measure().advert).toBe(false);
    vi.advanceTimersByTime(200);
    expect(player.measure()).toMatchObject({ advert: true, stalled: true });
    signals.position(1);
    expect(player.measure()).toMatchObject({ advert: false });
  });

  test('buffering is none', () => {
    open({ presumesAdverts: true });
    startedAt(10);
    signals.buffering(true);
    vi.advanceTimersByTime(10_000);
    expect(player.measure()).toMatchObject({ advert: false, stalled: true });
  });
});
