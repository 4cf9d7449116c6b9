// @vitest-environment happy-dom
/** Missing browser features are detected by trying them. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PlayerEvents } from '../src/media/player';

const none = () => undefined;
const events: PlayerEvents = { onChange: none, onExternalAction: none, onDiscontinuity: none, onBlocked: none, onProblem: none };
const volume = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'volume')!;

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  Object.defineProperty(HTMLMediaElement.prototype, 'volume', volume);
});

function fixed(forMs: number): void {
  const set = new WeakMap<object, { value: number; at: number }>();
  Object.defineProperty(HTMLMediaElement.prototype, 'volume', {
    configurable: true,
    get(this: object) {
      const kept = set.get(this);
      return kept !== undefined && Date.now() < kept.at + forMs ? kept.value : 1;
    },
    set(this: object, value: number) {
      set.set(this, { value, at: Date.now() });
    },
  });
}

async function player() {
  const { ElementPlayer } = await import('../src/media/element-player');
  const media = document.createElement('video');
  Object.defineProperty(media, 'textTracks', { value: Object.assign(new EventTarget(), { length: 0 }) });
  return { made: new ElementPlayer(media, media, events, 'https://films.example/a.mp4'), media };
}

describe('a volume', () => {
  test('that can be set may be ducked', async () => {
    fixed(Number.POSITIVE_INFINITY);
    expect((await player()).made.abilities().canDuck).toBe(true);
  });

  test('that reads back as 1 is never ducked', async () => {
    fixed(0);
    expect((await player()).made.abilities().canDuck).toBe(false);
  });

  test('that reads back as 1 a moment later is never ducked', async () => {
    fixed(1);
    const { made } = await player();
    expect(made.abilities().canDuck).toBe(true);
    await vi.advanceTimersByTimeAsync(60);
    expect(made.abilities().canDuck).toBe(false);
  });
});

test('without preservesPitch, audible rates are not used', async () => {
  const { made, media } = await player();
  // happy-dom does not have it, like older browsers.
  Reflect.deleteProperty(HTMLMediaElement.prototype, 'preservesPitch');
  expect(made.abilities().keepsPitch).toBe(false);
  made.setRate(1.002, false);
  expect([media.playbackRate, 'preservesPitch' in media]).toEqual([1.002, false]);
});

test('without full screen, or when it is refused, the window is used', async () => {
  const { createFullscreen } = await import('../src/app/fullscreen');
  for (const how of [undefined, () => Promise.reject(new TypeError('no'))]) {
    const frame = document.createElement('div');
    Object.assign(frame, { requestFullscreen: how, webkitRequestFullscreen: undefined });
    document.body.innerHTML = '<textarea></textarea>';
    document.body.append(frame);
    const field = document.querySelector('textarea')!;
    field.focus();
    const full = createFullscreen(() => frame);
    await full.toggle();
    expect(full.mode.value).toBe('window');
    // A field behind the picture would receive the typed text.
    expect(document.activeElement).not.toBe(field);
    expect([full.leaveWindow(), full.mode.value, full.leaveWindow()]).toEqual([true, 'no', false]);
    full.end();
  }
});

test('the prefixed full screen is used, even when it returns no promise', async () => {
  const { createFullscreen } = await import('../src/app/fullscreen');
  const frame = document.createElement('div');
  const enter = vi.fn();
  Object.assign(frame, { requestFullscreen: undefined, webkitRequestFullscreen: enter });
  const full = createFullscreen(() => frame);
  await full.toggle();
  expect(enter).toHaveBeenCalledOnce();
  expect(full.mode.value).toBe('no');
  full.end();
});
