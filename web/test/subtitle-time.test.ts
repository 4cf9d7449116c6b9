/** Which cues a moment has, and what moment it is. */
import { describe, expect, test } from 'vitest';
import type { PlayerReading } from '../src/playback/controller-types';
import { type Cue, SHOWN_MAX } from '../src/subtitles/cue';
import { CueTrack } from '../src/subtitles/cue-track';
import { FilmClock } from '../src/subtitles/film-clock';
import { trackName } from '../src/subtitles/track-name';
import { seededRandom } from './support/random';

const cue = (start: number, end: number): Cue => ({ start, end, lines: [[{ text: `${start}` }]], place: null, align: 'center' });

describe('the cues of a moment', () => {
  test('a cue is there from its start until before its end', () => {
    const one = cue(1, 2);
    const track = new CueTrack([one]);
    expect([0.999, 1, 1.999, 2].map((at) => track.activeAt(at))).toEqual([[], [one], [one], []]);
  });

  test('an empty track, and moments that are none', () => {
    expect(new CueTrack([]).activeAt(1)).toEqual([]);
    expect([Number.NaN, -5, Infinity].map((at) => new CueTrack([cue(1, 2)]).activeAt(at))).toEqual([[], [], []]);
  });

  test('of many at once the newest are shown', () => {
    const cues = Array.from({ length: 100 }, (_, i) => cue(i / 1000, 50));
    expect(new CueTrack(cues).activeAt(10)).toEqual(cues.slice(-SHOWN_MAX));
  });

  test('the same as a search through all cues, for random tracks', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = seededRandom(seed);
      const cues = Array.from({ length: random.whole(0, 60) }, () => {
        const start = random.whole(0, 40);
        return cue(start, start + random.whole(1, random.pick([2, 30])));
      }).sort((a, b) => a.start - b.start || a.end - b.end);
      const track = new CueTrack(cues);
      for (let at = -1; at < 75; at += 0.5) {
        const all = cues.filter((one) => one.start <= at && one.end > at);
        expect(track.activeAt(at)).toEqual(all.slice(-SHOWN_MAX));
      }
    }
  });

  test('a long track is searched in no time', () => {
    const cues = Array.from({ length: 20_000 }, (_, i) => cue(i, i + 1.5));
    const track = new CueTrack(cues);
    const from = performance.now();
    for (let i = 0; i < 20_000; i++) track.activeAt(i + 0.7);
    expect(performance.now() - from).toBeLessThan(2000);
  });
});

describe('the film’s time', () => {
  const reading = (position: number, readAt: number, over: Partial<PlayerReading> = {}): PlayerReading => ({
    ready: true,
    canPlay: true,
    position,
    readAt,
    paused: false,
    seeking: false,
    stalled: false,
    ended: false,
    rate: 1,
    duration: 100,
    seekable: null,
    live: null,
    ...over,
  });

  test('continues between two reports of a player, at the film’s rate', () => {
    const clock = new FilmClock();
    expect(clock.timeOf(reading(10, 1000), 1000)).toBe(10);
    expect(clock.timeOf(reading(10, 1100), 1100)).toBeCloseTo(10.1);
    expect(clock.timeOf(reading(10, 1200, { rate: 2 }), 1200)).toBeCloseTo(10.4);
    expect(clock.timeOf(reading(11, 2000), 2000)).toBe(11);
  });

  test('a report that is somewhat late does not step back, a jump does', () => {
    const clock = new FilmClock();
    clock.timeOf(reading(10, 1000), 1000);
    expect(clock.timeOf(reading(10, 1240), 1240)).toBeCloseTo(10.24);
    expect(clock.timeOf(reading(10.2, 1250), 1250)).toBeCloseTo(10.24);
    expect(clock.timeOf(reading(4, 1300), 1300)).toBe(4);
  });

  test.each(['paused', 'seeking', 'stalled', 'ended'] as const)('stands still while %s', (state) => {
    const clock = new FilmClock();
    clock.timeOf(reading(10, 1000), 1000);
    clock.timeOf(reading(10, 1500), 1500);
    expect(clock.timeOf(reading(10, 1600, { [state]: true }), 1600)).toBe(10);
    expect(clock.timeOf(reading(10, 9000, { [state]: true }), 9000)).toBe(10);
    expect(clock.timeOf(reading(10, 9100), 9100)).toBeCloseTo(10.1);
  });

  test('does not go on for long without a report, and is unknown without a film', () => {
    const clock = new FilmClock();
    clock.timeOf(reading(10, 0), 0);
    expect(clock.timeOf(reading(10, 60_000), 60_000)).toBe(11);
    expect(new FilmClock().timeOf(reading(10, 0, { ready: false }), 0)).toBeNull();
    expect(new FilmClock().timeOf(reading(Number.NaN, 0), 0)).toBeNull();
  });

  test('uses the time of a reading that is not from now', () => {
    expect(new FilmClock().timeOf(reading(10, 900), 1000)).toBeCloseTo(10.1);
  });
});

test.each([
  [{ label: 'Commentary', language: 'en' }, 'Commentary (English)'],
  [{ label: 'English', language: 'en' }, 'English'],
  [{ label: 'Deutsch', language: 'de' }, 'Deutsch'],
  [{ label: '', language: 'fr' }, 'French'],
  [{ label: 'fr', language: 'fr' }, 'French'],
  [{ label: '', language: '' }, 'Track 3'],
  [{ label: 'Alt', language: 'not a tag!' }, 'Alt'],
  [{ label: 'x'.repeat(500), language: '' }, 'x'.repeat(80)],
])('%o is named %s', (track, name) => expect(trackName(track, 2, ['en'])).toBe(name));
