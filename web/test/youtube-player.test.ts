// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { smallestStep } from '../src/media/rate-steps';
import { type YoutubeApi, type YoutubeElement, YoutubePlayer } from '../src/media/youtube-player';

const [UNSTARTED, PLAYING, PAUSED, BUFFERING] = [-1, 1, 2, 3] as const;

class Api implements YoutubeApi {
  state: number = UNSTARTED;
  time = 0;
  rate = 1;
  /** Whether it accepts rates between the offered ones. */
  fine = false;
  calls: string[] = [];
  private listeners = new Map<string, ((event: { data: number }) => void)[]>();
  playVideo = () => void this.calls.push('play');
  pauseVideo = () => void this.calls.push('pause');
  seekTo = (seconds: number) => void this.calls.push(`seek ${seconds}`);
  getCurrentTime = () => this.time;
  getDuration = () => 100;
  getPlayerState = () => this.state;
  getPlaybackRate = () => this.rate;
  setPlaybackRate = (rate: number) => {
    this.rate = this.fine || [0.5, 0.75, 1, 1.25, 1.5].includes(rate) ? rate : 1;
  };
  getAvailablePlaybackRates = () => [0.5, 0.75, 1, 1.25, 1.5];
  getVideoLoadedFraction = () => 0.5;
  setVolume = (volume: number) => void this.calls.push(`volume ${volume}`);
  mute = () => void this.calls.push('mute');
  unMute = () => undefined;
  addEventListener = (name: string, run: (event: { data: number }) => void) => {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), run]);
  };
  enter(state: number) {
    this.state = state;
    this.emit('onStateChange', state);
  }
  emit(name: string, data: number) {
    for (const run of this.listeners.get(name) ?? []) run({ data });
  }
}

let api: Api;
let player: YoutubePlayer;
let element: YoutubeElement;
const events = { onChange: vi.fn(), onExternalAction: vi.fn(), onDiscontinuity: vi.fn(), onBlocked: vi.fn(), onProblem: vi.fn() };

async function ready(): Promise<void> {
  player = new YoutubePlayer(element, events);
  await Promise.resolve();
  await Promise.resolve();
}

beforeEach(async () => {
  vi.useFakeTimers();
  for (const spy of Object.values(events)) spy.mockReset();
  api = new Api();
  element = Object.assign(document.createElement('div'), {
    api,
    loadComplete: Promise.resolve(),
    config: null,
    error: null,
  }) as unknown as YoutubeElement;
  await ready();
  return () => {
    vi.useRealTimers();
  };
});

describe('the YouTube player', () => {
  test('a slow start counts as playing, and nothing is sought meanwhile', () => {
    api.enter(PAUSED);
    expect(player.measure()).toMatchObject({ paused: true, stalled: false });
    player.play();
    expect(player.measure()).toMatchObject({ paused: false, stalled: true });
    player.play();
    expect(api.calls.filter((call) => call === 'play')).toHaveLength(1);
    api.enter(PLAYING);
    expect(player.measure()).toMatchObject({ paused: false, stalled: false });
  });

  test('a seek waits for the pause before it, because the player would play on; a pause is asked for once', () => {
    api.enter(PLAYING);
    api.calls = [];
    player.pause();
    player.seek(12);
    player.pause();
    expect(api.calls).toEqual(['pause']);
    expect(player.measure()).toMatchObject({ seeking: true });
    api.time = 12;
    api.enter(PAUSED);
    expect(api.calls).toEqual(['pause', 'seek 12']);
    expect(player.measure()).toMatchObject({ paused: true, seeking: false });
    expect(events.onExternalAction).not.toHaveBeenCalled();
  });

  test('a pause that never comes holds up no seek for long, and a start ends the wait', () => {
    api.enter(PLAYING);
    api.calls = [];
    player.pause();
    player.seek(12);
    vi.advanceTimersByTime(600);
    expect(player.measure().seeking).toBe(true);
    expect(api.calls).toEqual(['pause', 'seek 12']);
    player.pause();
    player.seek(20);
    player.play();
    expect(api.calls).toEqual(['pause', 'seek 12', 'pause', 'seek 20', 'play']);
  });

  test('pauses that change nothing do not hide one of the viewer', () => {
    api.enter(PLAYING);
    api.enter(PAUSED);
    events.onExternalAction.mockReset();
    player.pause();
    vi.advanceTimersByTime(600);
    player.pause();
    player.play();
    api.enter(PLAYING);
    api.enter(PAUSED);
    api.enter(PLAYING);
    api.enter(PAUSED);
    expect(events.onExternalAction).toHaveBeenLastCalledWith('pause');
  });

  test('a pause during a slow start pauses', () => {
    player.play();
    player.pause();
    expect(player.measure().paused).toBe(true);
  });

  test('a seek before the first start waits for it', () => {
    player.seek(42);
    expect(api.calls).not.toContain('seek 42');
    expect(player.measure().position).toBe(42);
    player.play();
    expect(api.calls.slice(-2)).toEqual(['seek 42', 'play']);
  });

  test('three seconds without a start are a blocked start', () => {
    player.play();
    vi.advanceTimersByTime(2900);
    expect(events.onBlocked).not.toHaveBeenCalled();
    vi.advanceTimersByTime(200);
    expect(events.onBlocked).toHaveBeenCalledTimes(1);
    expect(player.measure().paused).toBe(true);
  });

  test('a start that only buffers is not blocked', () => {
    player.play();
    api.enter(BUFFERING);
    vi.advanceTimersByTime(5000);
    expect(events.onBlocked).not.toHaveBeenCalled();
  });

  test('a seek ends at its position, or after a timeout', () => {
    player.play();
    api.enter(PLAYING);
    player.seek(50);
    expect(player.measure().seeking).toBe(true);
    api.time = 50.1;
    expect(player.measure().seeking).toBe(false);
    player.seek(80);
    vi.advanceTimersByTime(2600);
    expect(player.measure().seeking).toBe(false);
  });

  test.each([
    { fine: false, quantum: 0.25 },
    { fine: true, quantum: 0.05 },
  ])('the rate step is detected ($quantum), and the rate is 1 afterwards', ({ fine, quantum }) => {
    api.fine = fine;
    player.play();
    api.enter(PLAYING);
    expect(player.measure().rate).toBe(1);
    vi.advanceTimersByTime(500);
    expect(player.abilities().quantum).toBe(quantum);
    expect(api.rate).toBe(1);
  });

  test('own actions are not reported as external, and external ones are', () => {
    player.play();
    api.enter(PLAYING);
    player.pause();
    api.enter(PAUSED);
    expect(events.onExternalAction).not.toHaveBeenCalled();
    api.enter(PLAYING);
    expect(events.onExternalAction).toHaveBeenLastCalledWith('play');
    api.enter(PAUSED);
    expect(events.onExternalAction).toHaveBeenLastCalledWith('pause');
  });

  test.each([
    [100, /gone or private/],
    [101, /does not allow/],
    [150, /does not allow/],
    [5, /cannot play/],
  ])('error %d is explained', (code, title) => {
    element.error = { code };
    element.dispatchEvent(new Event('error'));
    expect(events.onProblem).toHaveBeenCalledWith({ title: expect.stringMatching(title), hint: expect.any(String) });
  });

  test('a destroyed player does nothing', () => {
    player.play();
    player.destroy();
    api.enter(PLAYING);
    vi.advanceTimersByTime(5000);
    expect(events.onExternalAction).not.toHaveBeenCalled();
    expect(events.onBlocked).not.toHaveBeenCalled();
    expect(player.measure().ready).toBe(false);
  });
});

test.each([
  [[0.25, 0.5, 0.75, 1, 1.25, 1.5, 2], 0.25],
  [[1], 0],
  [[1, 1.5], 0],
  [[0.5, 1, 1.25], 0.5],
])('rates %o have a step of %d', (rates, step) => expect(smallestStep(rates)).toBe(step));
