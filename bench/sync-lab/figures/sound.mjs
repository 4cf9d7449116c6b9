// The audible part of corrections. All pure.
import { inside, total } from './numbers.mjs';

/** Five cents: about the smallest difference between two successive tones that listeners notice. */
const HEARD = 0.0029;
/** One cent. */
const BENT = 0.00058;
/** The volume below which a pitch is inaudible. */
const DUCKED_VOLUME = 0.02;

/**
 * ms of a page's windows in which its rate was off the room's by five cents and more while it could be heard (`audible`), by one
 * cent and more (`bent`), and in which the sound was held down by the page (`ducked`). `tones` are [t, rate, volume] after every change, in order; before the first it is the `start`.
 */
export function heard(tones, windows, roomRate = 1, start = [1, 1]) {
  let audible = 0;
  let bent = 0;
  let ducked = 0;
  let [rate, volume] = start;
  let from = -Infinity;
  const add = (to) => {
    const time = windows.reduce((sum, [a, b]) => sum + Math.max(0, Math.min(b, to) - Math.max(a, from)), 0);
    const off = Math.abs(rate / roomRate - 1);
    if (volume <= DUCKED_VOLUME) ducked += time;
    else if (off >= BENT) {
      bent += time;
      if (off >= HEARD) audible += time;
    }
  };
  for (const [t, nextRate, nextVolume] of tones) {
    add(t);
    [from, rate, volume] = [t, nextRate, nextVolume];
  }
  add(Infinity);
  return { audible, bent, ducked };
}

/** For so long the first assignment after a seek or a join is the act itself. */
const OWN_MS = 4000;

/** Returns assignments of the position that belong to no act. */
export function correctiveSeeks(seeks, acts, windows) {
  let free = -Infinity;
  let counted = 0;
  let next = 0;
  for (const [t] of seeks) {
    while (next < acts.length && acts[next].t <= t) {
      free = ['seek', 'move', 'join'].includes(acts[next].kind) ? acts[next].t + OWN_MS : -Infinity;
      next++;
    }
    const own = t < free;
    if (own) free = -Infinity;
    if (!own && inside(windows, t)) counted++;
  }
  return { counted, ms: total(windows) };
}
