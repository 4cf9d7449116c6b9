// @vitest-environment happy-dom
/** Missing browser features are detected by trying them. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CaptionLift } from '../src/media/captions';
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

describe('captions above the controls', () => {
  const cue = (over: object = {}) => ({ text: 'one', line: 'auto', snapToLines: true, ...over }) as unknown as VTTCue;
  const track = (...cues: VTTCue[]) => ({ mode: 'showing', activeCues: cues }) as unknown as TextTrack;

  test.each([
    { is: {}, lifted: -4 },
    { is: { text: 'one\ntwo' }, lifted: -5 },
    { is: { line: -1 }, lifted: -4 },
    { is: { line: -9 }, lifted: -9 },
    { is: { line: 0 }, lifted: 0 },
    { is: { line: 95, snapToLines: false }, lifted: 100 * (1 - 0.2 - 0.0533 * 1.3) },
    { is: { line: 10, snapToLines: false }, lifted: 10 },
  ])('$is', ({ is, lifted }) => {
    const one = cue(is);
    const { line } = one;
    const lift = new CaptionLift();
    for (let i = 0; i < 2; i++) lift.set([track(one)], 0.2);
    expect(one.line).toBeCloseTo(lifted, 6);
    lift.set([track()], 0);
    expect(one.line).toBe(line);
  });
});
