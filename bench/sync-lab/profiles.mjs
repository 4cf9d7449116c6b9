// The profiles: network delay, clocks and disturbances of the pages.
import { around, lognormal, seeded, subSeed } from '../../testkit/random.mjs';

const SPIKE_MS = 500;
const even = (rttMs, jitterMs) => ({
  rttMs,
  jitterMs,
  shape: 'even',
  up: 0.5,
  spikes: 0,
});

/** Round trip and its spread in ms, and which share of it the way up takes. */
export const LINES = {
  lan: even(1, 0.5),
  home: even(20, 5),
  intercontinental: even(150, 15),
  mobile: {
    rttMs: 80,
    jitterMs: 40,
    shape: 'lognormal',
    up: 0.75,
    spikes: 0.01,
  },
};

const MIXED = ['home', 'mobile', 'lan', 'intercontinental', 'home', 'home', 'intercontinental', 'lan'];
const all = (line) => () => line;

export const PROFILES = {
  lan: { line: all('lan'), description: 'round trip 1 ± 0.5 ms' },
  home: { line: all('home'), description: 'round trip 20 ± 5 ms' },
  intercontinental: {
    line: all('intercontinental'),
    description: 'round trip 150 ± 15 ms',
  },
  mobile: {
    line: all('mobile'),
    description: 'round trip 80 ± 40 ms lognormal, up : down 3 : 1, 1 % of 500 ms more',
  },
  mixed: {
    line: (page) => MIXED[page % MIXED.length],
    description: 'home, mobile, lan, intercontinental, home, home, intercontinental, lan',
  },
  stall: {
    line: all('home'),
    stalls: true,
    description: "home; the second page's film stands still for 2 s, once",
  },
  hidden: {
    line: all('home'),
    hides: true,
    description: 'home; the second page is hidden, timers are throttled as usual',
  },
  cpu: {
    line: all('home'),
    slowsBy: 4,
    description: "home; the second page's processor is 4 times slower",
  },
};

/** The page that is disturbed. */
export const DISTURBED_PAGE = 1;

/** The delays of one page's line: `up` and `down` each give the next one in ms, one way. */
export function delays(lineName, seed, page) {
  const line = LINES[lineName];
  const way = (name, share) => {
    const random = seeded(subSeed(seed, 'line', page, name));
    return () => {
      const trip =
        line.shape === 'even' ? around(random, line.rttMs, line.jitterMs) : lognormal(random, line.rttMs, line.jitterMs);
      return share * trip + (random() < line.spikes ? SPIKE_MS : 0);
    };
  };
  return { up: way('up', line.up), down: way('down', 1 - line.up) };
}

/** A clock of its own for each page: ± 5 s and ± 50 ppm, the wall clock and the page's monotonic one apart from each other. */
export function fakeClock(seed, page) {
  const random = seeded(subSeed(seed, 'clock', page));
  // A page's performance.now() is never negative, so the shift is from 0 to 10 s.
  return {
    aheadMs: around(random, 5000, 5000),
    wallMs: around(random, 0, 5000),
    ppm: around(random, 0, 50),
  };
}
