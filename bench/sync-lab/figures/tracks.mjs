// From samples to one grid: where every page's film stood at the same moments. All pure.

export const GRID_MS = 20;
/** Samples farther apart than this are not interpolated. */
const GAP_MS_MAX = 120;
/** A position that deviates from steady play by more than this has jumped. */
const JUMP_MS = 60;

/** State of a sample, as page/sampler.mjs writes it. */
export const PAUSED = 1;
export const SEEKING = 2;
export const MUTED = 8;
const HAVE_FUTURE_DATA = 3;

/** Puts each page's samples on one grid: position in ms (NaN where it is unknown), running and stalled. */
export function toGrid(tracks, from, to) {
  const size = Math.max(0, Math.floor((to - from) / GRID_MS));
  return {
    from,
    size,
    pages: tracks.map((track) => onGrid(track, from, size)),
  };
}

function onGrid({ t, position, state, ready, rate }, from, size) {
  const at = new Float64Array(size).fill(NaN);
  const running = new Uint8Array(size);
  const stalled = new Uint8Array(size);
  let i = 0;
  for (let k = 0; k < size; k++) {
    const now = from + k * GRID_MS;
    while (i + 1 < t.length && t[i + 1] <= now) i++;
    if (i + 1 >= t.length || t[i] > now || t[i + 1] - t[i] > GAP_MS_MAX) continue;
    const passed = t[i + 1] - t[i];
    const moved = position[i + 1] - position[i];
    const paused = (state[i] & PAUSED) !== 0;
    running[k] = !paused && moved > 0.3 * passed ? 1 : 0;
    stalled[k] = !paused && ready[i] < HAVE_FUTURE_DATA ? 1 : 0;
    const expected = paused ? 0 : passed * rate[i];
    if ((state[i] & SEEKING) !== 0 || Math.abs(moved - expected) > JUMP_MS) continue;
    at[k] = position[i] + (moved * (now - t[i])) / passed;
  }
  return { at, running, stalled };
}

/** Positions from shown frames on the same grid; a second measurement, as coarse as the screen's own beat. */
export function framesOnGrid(frames, from, size) {
  return frames.map(({ t, position }) => {
    const at = new Float64Array(size).fill(NaN);
    let i = 0;
    for (let k = 0; k < size; k++) {
      const now = from + k * GRID_MS;
      while (i + 1 < t.length && t[i + 1] <= now) i++;
      if (i + 1 >= t.length || t[i] > now) continue;
      const passed = t[i + 1] - t[i];
      const moved = position[i + 1] - position[i];
      if (passed <= 0 || passed > GAP_MS_MAX || Math.abs(moved - passed) > JUMP_MS) continue;
      at[k] = position[i] + (moved * (now - t[i])) / passed;
    }
    return { at };
  });
}

/** Every pair's |difference| at grid point k, or null when a position is missing. `skip` leaves pages out. */
export function spread(pages, k, skip = () => false) {
  let least = Infinity;
  let most = -Infinity;
  for (let page = 0; page < pages.length; page++) {
    if (skip(page)) continue;
    const value = pages[page].at[k];
    if (Number.isNaN(value)) return null;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most - least;
}

export function pairs(pages, k, skip, each) {
  for (let a = 0; a < pages.length; a++) {
    if (skip(a)) continue;
    for (let b = a + 1; b < pages.length; b++) {
      if (skip(b)) continue;
      const skew = Math.abs(pages[a].at[k] - pages[b].at[k]);
      if (!Number.isNaN(skew)) each(skew);
    }
  }
}
