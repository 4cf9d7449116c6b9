// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDailymotion } from '../src/media/providers/dailymotion';
import { openPeertube } from '../src/media/providers/peertube';
import type { OpenProvider, ProviderApi, ProviderSignals } from '../src/media/providers/provider-api';
import { openTwitch, playsTwitch } from '../src/media/providers/twitch';
import { openVimeo } from '../src/media/providers/vimeo';
import { type FakeFrame, useFakeFrames } from './support/fake-frame';

type Spied = { [Name in keyof ProviderSignals]: ReturnType<typeof vi.fn> };
const NAMES = ['ready', 'phase', 'position', 'duration', 'live', 'buffering', 'seekEnded', 'rate', 'advert', 'blocked', 'problem'] as const; // prettier-ignore

let signals: Spied;
let api: ProviderApi;
let frame: FakeFrame;
let lastFrame: () => FakeFrame;

beforeEach(() => {
  vi.useFakeTimers();
  signals = Object.fromEntries(NAMES.map((name) => [name, vi.fn()])) as Spied;
  lastFrame = useFakeFrames();
});
afterEach(() => {
  api.destroy();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function open(provider: OpenProvider): void {
  api = provider(document.createElement('div'), signals as unknown as ProviderSignals);
  frame = lastFrame();
}

const title = () => (signals.problem.mock.calls[0]?.[0] as { title: string } | undefined)?.title;

describe('Vimeo', () => {
  const ORIGIN = 'https://player.vimeo.com';
  const say = (data: unknown) => frame.say(data, ORIGIN);
  beforeEach(() => open(openVimeo({ id: '76979871', hash: 'abc123' })));

  test('the frame is the player of the video, with the key of an unlisted one', () => {
    const url = new URL(frame.element.src);
    expect(url.origin + url.pathname).toBe(`${ORIGIN}/video/76979871`);
    expect(url.searchParams.get('h')).toBe('abc123');
    expect(url.searchParams.get('dnt')).toBe('1');
  });

  test.each([
    { answer: { method: 'setPlaybackRate', value: 1.05 }, quantum: 0.05 },
    { answer: { method: 'setPlaybackRate', value: 1 }, quantum: 0 },
    { answer: { event: 'error', data: { method: 'setPlaybackRate', name: 'Error' } }, quantum: 0 },
    { answer: null, quantum: 0 },
  ])('rates are tried before it is ready ($quantum)', ({ answer, quantum }) => {
    say({ event: 'ready' });
    expect(frame.take()).toContainEqual({ method: 'setPlaybackRate', value: 1.05 });
    if (answer === null) vi.advanceTimersByTime(1600);
    else say(answer);
    expect(frame.take()).toEqual([{ method: 'setPlaybackRate', value: 1 }]);
    expect(signals.ready).toHaveBeenCalledWith(quantum);
  });

  test('a position is taken between its request and its answer', () => {
    const now = vi.spyOn(performance, 'now');
    now.mockReturnValue(1000);
    api.askPosition!();
    now.mockReturnValue(1040);
    say({ method: 'getCurrentTime', value: 12.5 });
    expect(signals.position).toHaveBeenCalledWith(12.5, 1020);
  });

  test('events become signals', () => {
    say({ event: 'playing', data: { seconds: 1, duration: 62 } });
    say(JSON.stringify({ event: 'timeupdate', data: { seconds: 3.034 } }));
    say({ event: 'bufferstart' });
    say({ event: 'seeked', data: { seconds: 30 } });
    say({ event: 'playbackratechange', data: { playbackRate: 1.5 } });
    say({ event: 'ended', data: {} });
    expect(signals.phase.mock.calls).toEqual([['playing'], ['ended']]);
    expect(signals.duration).toHaveBeenCalledWith(62);
    expect(signals.position).toHaveBeenCalledWith(3.034);
    expect(signals.buffering).toHaveBeenCalledWith(true);
    expect(signals.seekEnded).toHaveBeenCalledWith(30);
    expect(signals.rate).toHaveBeenCalledWith(1.5);
  });

  test.each([
    [{ method: 'ready', name: 'PrivacyError' }, /private/],
    [{ method: 'ready', name: 'NotFoundError' }, /no video/],
    [{ method: 'play', name: 'PasswordError' }, /password/],
    [{ method: 'ready', name: 'Error' }, /cannot play/],
  ])('the error %o is explained', (data, words) => {
    say({ event: 'error', data });
    expect(title()).toMatch(words);
  });

  test('a start that the browser forbids is blocked', () => {
    say({ event: 'error', data: { method: 'play', name: 'NotAllowedError' } });
    expect(signals.blocked).toHaveBeenCalled();
    expect(signals.problem).not.toHaveBeenCalled();
  });

  test.each([
    { name: 'another origin', origin: 'https://player.vimeo.com.example.org' },
    { name: 'another frame', origin: ORIGIN, source: {} },
    { name: 'no frame', origin: ORIGIN, source: null },
  ])('messages of $name are ignored', ({ origin, source }) => {
    frame.say({ event: 'playing', data: {} }, origin, ...(source === undefined ? [] : [source]));
    expect(signals.phase).not.toHaveBeenCalled();
  });

  test.each([
    '{',
    '7',
    null,
    undefined,
    { event: 7 },
    { event: 'timeupdate', data: { seconds: -1 } },
    { method: 'getDuration', value: 'x' },
  ])('the message %o says nothing', (data) => {
    say(data);
    for (const spy of Object.values(signals)) expect(spy).not.toHaveBeenCalled();
  });

  test('commands are methods, and go to the player alone', () => {
    api.play();
    api.seek(30.5);
    api.setVolume(0.5, true);
    expect(frame.posted).toEqual([
      [{ method: 'play' }, ORIGIN],
      [{ method: 'setCurrentTime', value: 30.5 }, ORIGIN],
      [{ method: 'setVolume', value: 0.5 }, ORIGIN],
      [{ method: 'setMuted', value: true }, ORIGIN],
    ]);
  });
});

describe('Twitch', () => {
  const ORIGIN = 'https://player.twitch.tv';
  const event = (eventName: string) => frame.say({ namespace: 'twitch-embed', eventName }, ORIGIN);
  const state = (params: unknown) =>
    frame.say({ namespace: 'twitch-embed-player-proxy', eventName: 'UPDATE_STATE', params }, ORIGIN);

  test('the frame names this host, and the video', () => {
    open(openTwitch({ type: 'video', id: '335921245' }));
    const { searchParams } = new URL(frame.element.src);
    expect(searchParams.get('video')).toBe('v335921245');
    expect(searchParams.get('parent')).toBe(location.hostname);
  });

  test('a channel is a broadcast, and may be offline', () => {
    open(openTwitch({ type: 'channel', id: 'someone' }));
    expect(new URL(frame.element.src).searchParams.get('channel')).toBe('someone');
    event('ready');
    expect(signals.live).toHaveBeenCalled();
    expect(signals.ready).toHaveBeenCalledWith(0);
    event('offline');
    expect(title()).toBe('This channel is not live now.');
  });

  test('states and events become signals', () => {
    open(openTwitch({ type: 'video', id: '1' }));
    event('ready');
    state({ playback: 'Buffering', currentTime: 3, duration: 100 });
    state({ playback: 'Playing', currentTime: 4 });
    state({ playback: 'Idle' });
    event('playbackBlocked');
    expect(signals.live).not.toHaveBeenCalled();
    expect(signals.buffering.mock.calls).toEqual([[true], [false], [false]]);
    expect(signals.phase.mock.calls).toEqual([['playing'], ['paused']]);
    expect(signals.position.mock.calls).toEqual([[3], [4]]);
    expect(signals.duration).toHaveBeenCalledWith(100);
    expect(signals.blocked).toHaveBeenCalled();
  });

  test('commands are numbers', () => {
    open(openTwitch({ type: 'video', id: '1' }));
    api.play();
    api.pause();
    api.seek(30);
    expect(frame.take()).toEqual([3, 2, 4].map((eventName) => expect.objectContaining({ eventName })));
  });

  test.each([
    ['https:', 'watch.example', true],
    ['http:', 'localhost', true],
    ['http:', 'watch.example', false],
    ['https:', '192.0.2.7', false],
    ['https:', '[2001:db8::1]', false],
  ])('on a page of %s//%s: %s', (protocol, hostname, plays) => expect(playsTwitch({ protocol, hostname })).toBe(plays));
});

describe('PeerTube', () => {
  const say = (message: object) => frame.say(JSON.stringify(message), location.origin);
  const posted = () =>
    frame.take().map((text) => JSON.parse(text as string) as { id?: number; method: string; params?: unknown });
  const answer = (method: string, result: unknown) => {
    const call = posted().find((message) => message.method === `peertube::${method}`);
    say({ id: call?.id, result });
  };
  beforeEach(() => open(openPeertube({ origin: 'https://tube.example:9000', id: 'abc' })));

  test('the frame is the document of this site for one instance', () => {
    const url = new URL(frame.element.src);
    expect(url.pathname).toBe('/peertube.html');
    expect(Object.fromEntries(url.searchParams)).toEqual({ origin: 'https://tube.example:9000', id: 'abc' });
  });

  test.each([
    { found: 1.05, quantum: 0.05 },
    { found: 1, quantum: 0.25 },
  ])('answers a ping, waits until it is ready, and tries its rates ($quantum)', ({ found, quantum }) => {
    say({ method: 'peertube::__ready', params: 'ping' });
    expect(posted().map(({ method }) => method)).toEqual(['peertube::__ready', 'peertube::isReady']);
    say({ method: 'peertube::ready', params: true });
    answer('getPlaybackRates', [0.75, 1, 1.25, 2]);
    answer('getPlaybackRate', found);
    expect(signals.ready).toHaveBeenCalledWith(quantum);
  });

  test('notices become signals', () => {
    say({ method: 'peertube::playbackStatusChange', params: 'playing' });
    say({ method: 'peertube::playbackStatusUpdate', params: { position: 3.5, duration: 90, playbackState: 'paused' } });
    expect(signals.phase.mock.calls).toEqual([['playing'], ['paused']]);
    expect(signals.position).toHaveBeenCalledWith(3.5);
    expect(signals.duration).toHaveBeenCalledWith(90);
    expect(signals.live).not.toHaveBeenCalled();
  });

  test('an endless duration is a broadcast', () => {
    const update = { position: 3.5, duration: Number.POSITIVE_INFINITY, playbackState: 'playing' };
    say({ method: 'peertube::playbackStatusUpdate', params: update });
    expect(signals.live).toHaveBeenCalled();
  });

  test('mutes by volume', () => {
    api.setVolume(0.5, true);
    expect(posted()).toEqual([expect.objectContaining({ method: 'peertube::setVolume', params: 0 })]);
  });
});

describe('Dailymotion', () => {
  const EVENTS = {
    VIDEO_PLAYING: 'playing',
    VIDEO_TIMECHANGE: 'timeupdate',
    AD_START: 'ad_start',
    AD_END: 'ad_end',
    PLAYER_ERROR: 'error',
    PLAYER_PLAYBACKPERMISSION: 'playback_resolution',
  };
  const page = window as unknown as { dailymotion?: unknown };
  let listeners: Map<string, (state: unknown) => void>;
  const player = { play: vi.fn(), pause: vi.fn(), seek: vi.fn(), setMute: vi.fn(), setVolume: vi.fn(), destroy: vi.fn(),
    getState: () => Promise.resolve({ videoDuration: 100 }),
    on: (name: string, run: (state: unknown) => void) => void listeners.set(name, run) }; // prettier-ignore

  async function created(createPlayer: unknown = () => Promise.resolve(player)): Promise<void> {
    listeners = new Map();
    for (const call of Object.values(player)) if (vi.isMockFunction(call)) call.mockReset();
    page.dailymotion = { createPlayer, events: EVENTS };
    open(openDailymotion({ id: 'x84sh87' }));
    await vi.advanceTimersByTimeAsync(0);
  }
  const emit = (name: string, state: object = {}) => listeners.get(name)!(state);

  test('is ready when the SDK has made the player', async () => {
    await created();
    expect(signals.ready).toHaveBeenCalledWith(0);
    expect(signals.duration).toHaveBeenCalledWith(100);
    api.setVolume(0.5, true);
    expect(player.setVolume).toHaveBeenCalledWith(0.5);
    expect(player.setMute).toHaveBeenCalledWith(true);
  });

  test('events become signals', async () => {
    await created();
    emit('playing');
    emit('timeupdate', { videoTime: 4.5 });
    emit('ad_start');
    emit('ad_end');
    expect(signals.phase).toHaveBeenCalledWith('playing');
    expect(signals.position).toHaveBeenCalledWith(4.5);
    expect(signals.advert.mock.calls).toEqual([[true], [false]]);
  });

  test('a start that is only allowed without sound is blocked', async () => {
    await created();
    emit('playback_resolution', { playerPlaybackPermissionReason: 'allowedFallbackMuted' });
    expect(player.pause).toHaveBeenCalled();
    expect(signals.blocked).toHaveBeenCalled();
  });

  test.each([
    [{ code: 'DM002', title: 'Deleted' }, /no video/],
    [{ message: 'Not available in your country' }, /country/],
    [{ title: 'Password protected' }, /password/],
    ['private', /private/],
    [{}, /cannot play/],
  ])('the error %o is explained', async (playerError, words) => {
    await created();
    emit('error', { playerError });
    expect(title()).toMatch(words);
  });

  test('a player that cannot be made is explained', async () => {
    await created(() => Promise.reject(new Error('no')));
    expect(title()).toMatch(/cannot play/);
  });
});
