// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from 'vitest';
import { YoutubeClock, parsePositionReport } from '../src/media/youtube-clock';

const clocks = { now: () => 5000, wall: () => 1_700_000_000_000 };
const report = (over: Record<string, unknown> = {}, event = 'infoDelivery') =>
  JSON.stringify({ event, info: { currentTime: 12.5, currentTimeLastUpdated_: 1_699_999_999.9, ...over } });

describe('a position report', () => {
  test('has the position and its local time', () => {
    expect(parsePositionReport(report(), clocks)).toEqual({ position: 12.5, at: expect.closeTo(4900, 3) });
  });

  test('with a slightly late wall clock is not in the future', () => {
    expect(parsePositionReport(report({ currentTimeLastUpdated_: 1_700_000_000.02 }), clocks)).toEqual({
      position: 12.5,
      at: 5000,
    });
  });

  test.each([
    ['too old', report({ currentTimeLastUpdated_: 1_699_999_998 })],
    ['from the future, as after a step of the wall clock', report({ currentTimeLastUpdated_: 1_700_003_600 })],
    ['without a time', report({ currentTimeLastUpdated_: undefined })],
    ['without a position', report({ currentTime: null })],
    ['a negative position', report({ currentTime: -1 })],
    ['another message', report({}, 'onStateChange')],
    ['no object', '7'],
    ['null', 'null'],
    ['no info', '{"event":"infoDelivery"}'],
    ['info null', '{"event":"infoDelivery","info":null}'],
    ['no JSON', '{'],
    ['no text', { event: 'infoDelivery' }],
  ])('%s: ignored', (_, data) => expect(parsePositionReport(data, clocks)).toBeNull());
});

describe('listening', () => {
  let clock: YoutubeClock | null = null;
  afterEach(() => clock?.stop());
  const frame = window as unknown as MessageEventSource;
  const say = (origin: string, source: MessageEventSource | null, data = report()) =>
    window.dispatchEvent(new MessageEvent('message', { data, origin, source: source as Window }));

  test.each([
    { origin: 'https://www.youtube.com', source: frame, heard: true },
    { origin: 'https://www.youtube-nocookie.com', source: frame, heard: true },
    { origin: 'https://www.youtube.com.example.org', source: frame, heard: false },
    { origin: 'https://www.youtube.com', source: null, heard: false },
  ])('from $origin: $heard', ({ origin, source, heard }) => {
    clock = new YoutubeClock(() => frame, clocks);
    say(origin, source);
    expect(clock.isReporting).toBe(heard);
    expect(clock.fresh !== null).toBe(heard);
  });

  test('another frame of the same origin is ignored', () => {
    clock = new YoutubeClock(() => ({}) as MessageEventSource, clocks);
    say('https://www.youtube.com', frame);
    expect(clock.isReporting).toBe(false);
  });

  test('a report is void after a seek, and when it is old', () => {
    let now = 5000;
    clock = new YoutubeClock(() => frame, { ...clocks, now: () => now });
    say('https://www.youtube.com', frame);
    now += 1600;
    expect(clock.fresh).toBeNull();
    say('https://www.youtube.com', frame);
    clock.clear();
    expect(clock.fresh).toBeNull();
    expect(clock.isReporting).toBe(true);
  });
});
