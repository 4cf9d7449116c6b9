// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from 'vitest';
import { YoutubeClock, readDelivery } from '../src/media/youtube-clock';

const clocks = { now: () => 5000, wall: () => 1_700_000_000_000 };
const told = (over: Record<string, unknown> = {}, event = 'infoDelivery') =>
  JSON.stringify({ event, info: { currentTime: 12.5, currentTimeLastUpdated_: 1_699_999_999.9, ...over } });

describe('a delivery', () => {
  test('is where the film was, and when on our clock', () => {
    expect(readDelivery(told(), clocks)).toEqual({ position: 12.5, at: expect.closeTo(4900, 3) });
  });

  test('a wall clock that is a little behind makes no reading of the future', () => {
    expect(readDelivery(told({ currentTimeLastUpdated_: 1_700_000_000.02 }), clocks)).toEqual({ position: 12.5, at: 5000 });
  });

  test.each([
    ['too old', told({ currentTimeLastUpdated_: 1_699_999_998 })],
    ['from the future, as after a step of the wall clock', told({ currentTimeLastUpdated_: 1_700_003_600 })],
    ['without a time', told({ currentTimeLastUpdated_: undefined })],
    ['without a position', told({ currentTime: null })],
    ['a negative position', told({ currentTime: -1 })],
    ['another message', told({}, 'onStateChange')],
    ['no object', '7'],
    ['null', 'null'],
    ['no info', '{"event":"infoDelivery"}'],
    ['info null', '{"event":"infoDelivery","info":null}'],
    ['no JSON', '{'],
    ['no text', { event: 'infoDelivery' }],
  ])('%s: none', (_, data) => expect(readDelivery(data, clocks)).toBeNull());
});

describe('listening', () => {
  let clock: YoutubeClock | null = null;
  afterEach(() => clock?.stop());
  const frame = window as unknown as MessageEventSource;
  const say = (origin: string, source: MessageEventSource | null, data = told()) =>
    window.dispatchEvent(new MessageEvent('message', { data, origin, source: source as Window }));

  test.each([
    { origin: 'https://www.youtube.com', source: frame, heard: true },
    { origin: 'https://www.youtube-nocookie.com', source: frame, heard: true },
    { origin: 'https://www.youtube.com.example.org', source: frame, heard: false },
    { origin: 'https://www.youtube.com', source: null, heard: false },
  ])('from $origin: $heard', ({ origin, source, heard }) => {
    clock = new YoutubeClock(() => frame, clocks);
    say(origin, source);
    expect(clock.works).toBe(heard);
    expect(clock.fresh !== null).toBe(heard);
  });

  test('another frame of the same origin is not ours', () => {
    clock = new YoutubeClock(() => ({}) as MessageEventSource, clocks);
    say('https://www.youtube.com', frame);
    expect(clock.works).toBe(false);
  });

  test('what was told is void once the player was moved, and when it is old', () => {
    let now = 5000;
    clock = new YoutubeClock(() => frame, { ...clocks, now: () => now });
    say('https://www.youtube.com', frame);
    now += 1600;
    expect(clock.fresh).toBeNull();
    say('https://www.youtube.com', frame);
    clock.clear();
    expect(clock.fresh).toBeNull();
    expect(clock.works).toBe(true);
  });
});
