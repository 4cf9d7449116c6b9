// The time after an act until all pages are in sync again. All pure.
import { GRID_MS, spread } from './tracks.mjs';

const HOLD_MS = 300;
const LOOK_BACK_MS = 60;
/** How near to its goal a seek must have come to count as done; what is left of that is the skew's affair. */
const GOAL_MS = 2500;

/**
 * The time in ms from `act.t` until all pairs are within `bound` and every page does what was asked for, and both stay so for 300 ms;
 * null when that does not come before `until`. `goal` (ms) is where a seek leads.
 */
export function settleTime(grid, act, { until, bound, skip = () => false, goal = null }) {
  const first = Math.max(0, Math.ceil((act.t - grid.from) / GRID_MS));
  const end = Math.min(grid.size, Math.floor((until - grid.from) / GRID_MS));
  const needed = Math.ceil(HOLD_MS / GRID_MS);
  let since = -1;
  for (let k = first; k < end; k++) {
    if (!fine(grid, act, k, bound, skip, goal)) since = -1;
    else if (since < 0) since = k;
    if (since >= 0 && k - since >= needed) return Math.max(0, grid.from + since * GRID_MS - act.t);
  }
  return null;
}

function fine(grid, act, k, bound, skip, goal) {
  const { pages } = grid;
  const apart = spread(pages, k, skip);
  if (apart === null || apart >= bound) return false;
  for (let page = 0; page < pages.length; page++) {
    if (skip(page)) continue;
    if (act.playing ? pages[page].running[k] === 0 : moves(pages[page], k)) return false;
    if (goal === null) continue;
    const elapsed = grid.from + k * GRID_MS - act.t;
    const beyond = pages[page].at[k] - goal;
    if (beyond < -GOAL_MS || beyond > GOAL_MS + elapsed) return false;
  }
  return true;
}

function moves(page, k) {
  const before = Math.max(0, k - LOOK_BACK_MS / GRID_MS);
  return !(Math.abs(page.at[k] - page.at[before]) < 2);
}

/** Returns the last known position before a moment. */
export function positionBefore(page, grid, t) {
  for (let k = Math.min(grid.size - 1, Math.floor((t - grid.from) / GRID_MS)); k >= 0; k--) {
    if (!Number.isNaN(page.at[k])) return page.at[k];
  }
  return null;
}
