// From what one block has seen to its raw figures; several blocks are put together in `summary`. All pure.
import { clip, inside, line, percentiles, total } from './numbers.mjs';
import { positionBefore, settleTime } from './settle.mjs';
import { correctiveSeeks, heard } from './sound.mjs';
import { GRID_MS, framesOnGrid, pairs, toGrid } from './tracks.mjs';

const QUIET_MS = 3000;
export const IN_STEP_MS = 40;
const NEAR_MS = 100;
const SETTLE_MS_MAX = 9000;
/** A film that stands within this of its end has ended. */
const NEAR_END_MS = 200;
const STEADY_JOIN_MS = 6000;
const IDLE_MS = 10_000;
const IDLE_JOIN_MS = 20_000;

/** What is measured of one block: `seen` per page (samples, frames, seeks, tones, packets), and the script's acts and absences. */
export function blockFigures({ seen, acts, absences }) {
  const from = acts[0].t;
  const to = acts.at(-1).t;
  const grid = toGrid(
    seen.map(({ samples }) => samples),
    from,
    to,
  );
  const playing = playingWindows(acts);
  const steady = steadyWindows(acts);
  const away = (page, t) => absences.some(([who, a, b]) => who === page && t >= a && t < b + QUIET_MS);
  return {
    grid,
    acts,
    steady,
    ...skews(grid, steady, away),
    frames: frameSkews(seen, grid, steady, away),
    settles: settles(grid, acts, absences),
    joins: joins(grid, acts, seen),
    gaps: gaps(grid, acts),
    moved: {
      byPeople: worst(
        acts.filter(({ kind }) => kind === 'leave' || kind === 'join').map(({ t, joiner }) => disturbance(grid, t, joiner)),
      ),
      byClock: worst(acts.filter(({ kind }) => kind === 'wall').map(({ t }) => disturbance(grid, t, -1))),
    },
    sound: seen.map(({ tones }, page) => ({
      ...heard(tones, present(steady, absences, page)),
      ms: total(present(steady, absences, page)),
    })),
    seeks: seen.map(({ seeks }, page) => correctiveSeeks(seeks, ownActs(acts, page), present(playing, absences, page))),
    messages: seen.map(({ packets }, page) => messages(packets, present(idle(acts), absences, page, IDLE_JOIN_MS))),
  };
}

const worst = (values) => (values.length === 0 ? null : Math.max(...values));

/** While the film should run: from each act that leaves it running to the next that does not. */
function playingWindows(acts) {
  return acts.slice(0, -1).flatMap((act, i) => (act.playing ? [[act.t, acts[i + 1].t]] : []));
}

/** Steady play: 3 s after any act that stirs the film, until the next one. Somebody who comes or goes stirs only the own film. */
function steadyWindows(acts) {
  const stirring = acts.filter(({ kind }) => !['wall', 'leave', 'join', 'gathered'].includes(kind));
  return stirring
    .slice(0, -1)
    .flatMap((act, i) => (act.playing ? [[act.t + QUIET_MS, stirring[i + 1].t]] : []))
    .filter(([a, b]) => b > a);
}

const ownActs = (acts, page) => acts.filter(({ kind, joiner }) => kind !== 'join' || joiner === page);

/** Where nothing happens at all: from 10 s after an act of any kind to the next one, while the film runs. */
const idle = (acts) =>
  playingWindows(acts)
    .filter(([a, b]) => b - a > IDLE_MS)
    .map(([a, b]) => [a + IDLE_MS, b]);

function present(windows, absences, page, quietMs = STEADY_JOIN_MS) {
  const gone = absences.filter(([who]) => who === page);
  return gone.reduce((left, [, a, b]) => [...clip(left, -Infinity, a), ...clip(left, b + quietMs, Infinity)], windows);
}

function skews(grid, steady, away) {
  const every = [];
  const unstalled = [];
  const stalledUntil = grid.pages.map(() => -Infinity);
  for (let k = 0; k < grid.size; k++) {
    const t = grid.from + k * GRID_MS;
    grid.pages.forEach((page, i) => page.stalled[k] && (stalledUntil[i] = t + QUIET_MS));
    if (!inside(steady, t)) continue;
    const gone = (page) => away(page, t);
    pairs(grid.pages, k, gone, (skew) => every.push(skew));
    pairs(
      grid.pages,
      k,
      (page) => gone(page) || stalledUntil[page] > t,
      (skew) => unstalled.push(skew),
    );
  }
  return { every, unstalled };
}

function frameSkews(seen, grid, steady, away) {
  const pages = framesOnGrid(
    seen.map(({ frames }) => frames),
    grid.from,
    grid.size,
  );
  const skews = [];
  for (let k = 0; k < grid.size; k++) {
    const t = grid.from + k * GRID_MS;
    if (inside(steady, t))
      pairs(
        pages,
        k,
        (page) => away(page, t),
        (skew) => skews.push(skew),
      );
  }
  return skews;
}

/** For each act of a person: from the key to all in step. An act that never settles counts with the time it was given. */
function settles(grid, acts, absences) {
  const found = [];
  acts.forEach((act, i) => {
    if (!['play', 'pause', 'seek'].includes(act.kind)) return;
    const next = acts.slice(i + 1).find(({ passive }) => !passive)?.t ?? act.t;
    const until = Math.min(next, act.t + SETTLE_MS_MAX);
    if (until - act.t < 2000) return;
    const skip = (page) => absences.some(([who, a, b]) => who === page && act.t < b && until > a);
    const before = positionBefore(grid.pages[act.by], grid, act.since ?? act.t - GRID_MS);
    const goal = act.kind === 'seek' && before !== null ? Math.max(0, before + act.delta) : null;
    const ms = (bound) => settleTime(grid, act, { until, bound, skip, goal });
    const step = ms(IN_STEP_MS);
    found.push({
      kind: act.kind,
      ms: step ?? until - act.t,
      settled: step !== null,
      near: ms(NEAR_MS) ?? until - act.t,
    });
  });
  return found;
}

/** For each film that follows: from the last frame of the first page that has ended to all being in step in it. */
function gaps(grid, acts) {
  return acts
    .filter(({ kind }) => kind === 'next')
    .map((act) => {
      const t = endOfFilm(grid, act);
      const until = t + SETTLE_MS_MAX;
      const ms = t === null ? null : settleTime(grid, { t, playing: true }, { until, bound: IN_STEP_MS, goal: 0 });
      return { ms: ms ?? SETTLE_MS_MAX, settled: ms !== null };
    });
}

/** The moment at which the first page shows the last frame of its film; null when none does. */
function endOfFilm({ pages, from, size }, { t, end }) {
  for (let k = Math.max(1, Math.floor((t - from) / GRID_MS)); k < size; k++) {
    const stands = ({ at, running }) => running[k] === 0 && running[k - 1] === 1 && at[k - 1] > end - NEAR_END_MS;
    if (pages.some(stands)) return from + k * GRID_MS;
  }
  return null;
}

/** From the newcomer's film being able to play to being in step with all. */
function joins(grid, acts, seen) {
  return acts
    .filter(({ kind }) => kind === 'join')
    .map((act) => {
      const { samples } = seen[act.joiner];
      const left = acts.findLast(({ kind, joiner, t }) => kind === 'leave' && joiner === act.joiner && t < act.t).t;
      const ready = samples.t.findIndex((t, i) => t > left + 1000 && samples.ready[i] >= 3);
      const t = ready < 0 ? act.t : samples.t[ready];
      const ms = settleTime(grid, { t, playing: true }, { until: t + SETTLE_MS_MAX, bound: IN_STEP_MS });
      return { ms: ms ?? SETTLE_MS_MAX, settled: ms !== null };
    });
}

/** The farthest that any other page came off the line of its last 2 s, within 4 s. */
function disturbance(grid, t, joiner) {
  const at = Math.floor((t - grid.from) / GRID_MS);
  let most = 0;
  grid.pages.forEach((page, i) => {
    if (i === joiner) return;
    const points = (a, b) => Array.from({ length: b - a }, (_, n) => a + n).filter((k) => !Number.isNaN(page.at[k] ?? NaN));
    const before = points(Math.max(0, at - 100), at);
    if (before.length < 50) return;
    const straight = line(
      before.map((k) => k * GRID_MS),
      before.map((k) => page.at[k]),
      before[0] * GRID_MS,
    );
    for (const k of points(at, Math.min(grid.size, at + 200)))
      most = Math.max(most, Math.abs(page.at[k] - straight.at(k * GRID_MS)));
  });
  return most;
}

function messages(packets, windows) {
  const count = { said: 0, pings: 0, ms: total(windows), names: {} };
  for (const [t, direction, kind, name] of packets) {
    if (!inside(windows, t)) continue;
    if (kind === 'ping') {
      count.pings++;
      continue;
    }
    count.said++;
    const label = `${name} ${direction}`;
    count.names[label] = (count.names[label] ?? 0) + 1;
  }
  return count;
}

/** How often each kind of message came, per viewer-minute, the most frequent first. */
function messageNames(counts) {
  const ms = counts.reduce((sum, one) => sum + one.ms, 0);
  const sums = {};
  for (const { names } of counts) for (const [label, n] of Object.entries(names)) sums[label] = (sums[label] ?? 0) + n;
  return Object.entries(sums)
    .map(([label, n]) => [label, (n * 60_000) / ms])
    .sort(([, a], [, b]) => b - a);
}

/** Puts the blocks of one algorithm together. */
export function summary(blocks) {
  const all = (name) => blocks.flatMap((block) => block[name]);
  // flatMap of the long lists would be slow; they are joined by hand.
  const joined = (name) => {
    const list = new Float64Array(blocks.reduce((sum, block) => sum + block[name].length, 0));
    let at = 0;
    for (const block of blocks) {
      list.set(block[name], at);
      at += block[name].length;
    }
    return list;
  };
  const every = joined('every');
  const sum = (name, key) => all(name).reduce((s, one) => s + one[key], 0);
  const perMinute = (name, key) => (sum(name, 'ms') > 0 ? (sum(name, key) * 60_000) / sum(name, 'ms') : null);
  const settles = all('settles');
  const acts = (kind) => settles.filter((one) => one.kind === kind);
  const times = (kind, key = 'ms') => percentiles(acts(kind).map((one) => one[key]));
  const joinList = all('joins');
  return {
    skew: percentiles(every),
    unstalled: percentiles(joined('unstalled')),
    frames: percentiles(joined('frames')),
    within: every.length === 0 ? null : every.reduce((n, skew) => n + (skew <= IN_STEP_MS ? 1 : 0), 0) / every.length,
    play: times('play'),
    pause: times('pause'),
    seek: times('seek'),
    near: {
      play: times('play', 'near'),
      pause: times('pause', 'near'),
      seek: times('seek', 'near'),
    },
    join: percentiles(joinList.map(({ ms }) => ms)),
    gap: percentiles(all('gaps').map(({ ms }) => ms)),
    unsettled: [...settles, ...joinList, ...all('gaps')].filter(({ settled }) => !settled).length,
    movedByPeople: worst(all('moved').flatMap(({ byPeople }) => byPeople ?? [])),
    movedByClock: worst(all('moved').flatMap(({ byClock }) => byClock ?? [])),
    seeksPerHour: perMinute('seeks', 'counted') === null ? null : perMinute('seeks', 'counted') * 60,
    audibleSecondsPerMinute: perMinute('sound', 'audible') === null ? null : perMinute('sound', 'audible') / 1000,
    bentSecondsPerMinute: perMinute('sound', 'bent') === null ? null : perMinute('sound', 'bent') / 1000,
    duckedSecondsPerMinute: perMinute('sound', 'ducked') === null ? null : perMinute('sound', 'ducked') / 1000,
    messagesPerMinute: perMinute('messages', 'said'),
    messageNames: messageNames(all('messages')),
    pingsPerMinute: perMinute('messages', 'pings'),
    steadySeconds: blocks.reduce((s, block) => s + total(block.steady), 0) / 1000,
  };
}
