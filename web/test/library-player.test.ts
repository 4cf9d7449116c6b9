// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
/** The player of a file of the library, over an element whose state a test sets. */
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type LinkAnswer, keepLink } from '../src/library/film-link';
import { type LibraryPlayer, openLibraryFile } from '../src/library/library-player';
import { aLink } from './support/library';
import { after } from './support/timers';

/** The state of the element, which happy-dom does not keep. */
const state = { readyState: 4, paused: true, currentTime: 0, error: null as { code: number } | null, src: '' };
const connected = signal(true);
const events = {
  onChange: vi.fn(),
  onExternalAction: vi.fn(),
  onDiscontinuity: vi.fn(),
  onBlocked: vi.fn(),
  onProblem: vi.fn(),
};
const onWait = vi.fn();
let newest = aLink();
let linkAnswer: LinkAnswer | null = null;
let status: number | null = 200;
let player: LibraryPlayer;
let media: HTMLVideoElement;

const fire = (name: string) => media.dispatchEvent(new Event(name));
const settle = () => vi.advanceTimersByTimeAsync(0);
const problems = () => events.onProblem.mock.calls.map(([problem]) => (problem as { title: string }).title);

function fail(code: number): void {
  state.error = { code };
  state.readyState = 0;
  fire('error');
}

function loads(): void {
  state.error = null;
  state.readyState = 4;
  fire('canplay');
}

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(state, { readyState: 4, paused: true, currentTime: 0, error: null, src: '' });
  for (const one of [...Object.values(events), onWait]) one.mockClear();
  [newest, linkAnswer, status, connected.value] = [aLink(), null, 200, true];
  for (const name of Object.keys(state) as (keyof typeof state)[])
    Object.defineProperty(HTMLMediaElement.prototype, name, {
      configurable: true,
      get: () => state[name],
      set: (value: never) => void (state[name] = value),
    });
  HTMLMediaElement.prototype.play = () => {
    state.paused = false;
    return Promise.resolve();
  };
  HTMLMediaElement.prototype.pause = () => void (state.paused = true);
  const link = keepLink(newest, {
    ask: () => Promise.resolve(linkAnswer ?? { kind: 'link', link: newest }),
    serverNow: () => 0,
    after,
    connected,
    onLink: () => undefined,
  });
  document.body.innerHTML = '';
  player = openLibraryFile('video', document.body, events, { link, after, statusOf: () => Promise.resolve(status), onWait });
  media = document.querySelector('video')!;
});
afterEach(() => {
  player.destroy();
  vi.useRealTimers();
});

/** Gets another link, as after a restart of the server. */
async function reconnect(token = 'two'): Promise<void> {
  newest = aLink(token);
  connected.value = false;
  connected.value = true;
  await settle();
}

describe('LB8 another link', () => {
  test('is not used while the loaded part plays, and is at the next stall, at the same place and rate', async () => {
    player.play();
    player.setRate(1.02, true);
    state.currentTime = 42;
    await reconnect();
    expect(state.src).toBe('/media/one');
    state.readyState = 2;
    state.paused = true;
    fire('waiting');
    expect([state.src, state.currentTime, media.playbackRate]).toEqual(['/media/two', 42, 1.02]);
  });

  test('is used at once by a paused film, at the next pause, and by one that stands still', async () => {
    await reconnect();
    expect(state.src).toBe('/media/two');
    loads();
    player.play();
    await reconnect('three');
    expect(state.src).toBe('/media/two');
    player.pause();
    fire('pause');
    expect(state.src).toBe('/media/three');
    loads();
    player.play();
    state.readyState = 2;
    await reconnect('four');
    expect(state.src).toBe('/media/four');
  });

  test('and nobody in the room notices: no problem, no command, and the film plays on', async () => {
    player.play();
    fire('play');
    state.currentTime = 42;
    await reconnect();
    fail(2);
    await settle();
    expect([state.src, state.currentTime, state.paused]).toEqual(['/media/two', 42, false]);
    for (const name of ['emptied', 'pause', 'play', 'seeking', 'seeked']) fire(name);
    loads();
    expect([events.onProblem.mock.calls, events.onExternalAction.mock.calls]).toEqual([[], []]);
    expect(events.onDiscontinuity).toHaveBeenCalled();
    fire('pause');
    expect(events.onExternalAction.mock.calls).toEqual([['pause']]);
  });

  test('a pause by the browser, because the film does not load any further, is no pause of the room', async () => {
    player.play();
    fire('play');
    fail(2);
    fire('pause');
    expect(events.onExternalAction).not.toHaveBeenCalled();
    await reconnect();
    loads();
    fire('pause');
    expect(events.onExternalAction.mock.calls).toEqual([['pause']]);
  });

  test('the same link changes nothing', async () => {
    await reconnect('one');
    state.src = 'untouched';
    fire('waiting');
    fire('pause');
    expect(state.src).toBe('untouched');
  });
});

describe('LB9 a film that breaks off', () => {
  test('is loaded again from its link, at the same place', async () => {
    state.currentTime = 42;
    player.play();
    fail(2);
    state.src = '';
    await settle();
    expect([state.src, state.currentTime]).toEqual(['/media/one', 42]);
  });

  test('while the server is away: again and again, and with its new link as soon as that comes', async () => {
    status = null;
    linkAnswer = { kind: 'later', text: null };
    player.play();
    fail(2);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(problems()).toEqual([]);
    linkAnswer = null;
    await reconnect();
    await settle();
    expect(state.src).toBe('/media/two');
  });

  test('is said to have broken off when that is in vain', async () => {
    for (let n = 0; n < 12 && problems().length === 0; n++) {
      fail(2);
      await vi.advanceTimersByTimeAsync(8000);
    }
    expect(problems()).toEqual(['The server stopped sending this film.']);
  });

  test.each([
    [403, 'The server does not send this film to you any more.'],
    [404, 'This server does not have the film.'],
  ])('with status %i the reason is said', async (answered, title) => {
    status = answered;
    fail(4);
    await vi.advanceTimersByTimeAsync(1000);
    expect(problems()).toEqual([title]);
  });

  test('a void link whose successor is not known yet is waited for', async () => {
    status = 403;
    linkAnswer = { kind: 'later', text: null };
    fail(2);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(problems()).toEqual([]);
  });

  test('what the server says about the link is said', async () => {
    linkAnswer = { kind: 'final', problem: { title: 'Gone', hint: '' } };
    fail(4);
    await vi.advanceTimersByTimeAsync(1000);
    expect(problems()).toEqual(['Gone']);
  });

  test('a busy server is waited for in words, until the film goes on', async () => {
    status = 503;
    fail(4);
    await vi.advanceTimersByTimeAsync(5000);
    expect(onWait).toHaveBeenLastCalledWith('The server sends as many films as it can right now. Trying again…');
    status = 206;
    state.src = '';
    await vi.advanceTimersByTimeAsync(10_000);
    expect(state.src).toBe('/media/one');
    loads();
    expect([onWait.mock.lastCall, problems()]).toEqual([[null], []]);
  });

  test('a form that the browser does not decode is named', async () => {
    fail(3);
    await settle();
    expect(problems()).toEqual(['This browser cannot play this film.']);
    fail(4);
    await vi.advanceTimersByTimeAsync(1000);
    expect(problems()).toHaveLength(2);
  });
});

describe('LB8 a stall', () => {
  test('is looked into after a moment: a void link is said, and one that was replaced is used', async () => {
    player.play();
    state.readyState = 2;
    fire('waiting');
    status = 403;
    await vi.advanceTimersByTimeAsync(1400);
    expect(problems()).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(problems()).toEqual(['The server does not send this film to you any more.']);
    newest = aLink('two');
    fire('waiting');
    await vi.advanceTimersByTimeAsync(1600);
    expect(state.src).toBe('/media/two');
  });

  test('that ends by itself is nobody’s matter', async () => {
    player.play();
    state.readyState = 2;
    fire('waiting');
    status = 403;
    loads();
    fire('playing');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(problems()).toEqual([]);
  });

  test('after the end of the player nothing happens', async () => {
    state.readyState = 2;
    fire('waiting');
    fail(2);
    player.destroy();
    status = 403;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(problems()).toEqual([]);
  });
});
