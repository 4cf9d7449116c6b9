// Films for the tests: what a sampler would have seen of a page.
import { PAUSED, SEEKING } from '../figures/tracks.mjs';

const READY = 4;
export const emptyTrack = () => ({
  t: [],
  position: [],
  state: [],
  ready: [],
  rate: [],
  volume: [],
});

/** Samples of a film by `at(t)` → {position, paused?, seeking?, ready?}, every `step` ms, not quite on the grid. */
export function track(from, to, at, step = 19.7) {
  const made = emptyTrack();
  for (let t = from; t <= to; t += step) {
    const { position, paused = false, seeking = false, ready = READY, rate = 1 } = at(t);
    made.t.push(t);
    made.position.push(position);
    made.state.push((paused ? PAUSED : 0) + (seeking ? SEEKING : 0));
    made.ready.push(ready);
    made.rate.push(rate);
    made.volume.push(1);
  }
  return made;
}

/** Returns a video that is paused at 0 until `start` and plays from then on. */
export const startsAt = (start) => (t) => (t < start ? { position: 0, paused: true } : { position: t - start });
