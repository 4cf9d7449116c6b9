// One run: a browser with N pages, each on its line and with its clock, and blocks of both algorithms in turn.
import { blockFigures } from '../figures/figures.mjs';
import { percentile } from '../figures/numbers.mjs';
import { openLines } from '../net/proxies.mjs';
import { DISTURBED_PAGE, PROFILES, fakeClock } from '../profiles.mjs';
import { original, ours, oursWithLibrary, oursWithPlayer } from './apps.mjs';
import { openBrowser } from './browser.mjs';
import { slowDown, speedUp } from './disturbances.mjs';
import { bareCost, costWhile } from './cost.mjs';
import { Block } from './script.mjs';
import { Viewer } from './viewer.mjs';

/** The machine is too slow for so many pages. */
export class Overloaded extends Error {}

const TICK_MS = 20;
const LATE_TICK_MS = 3 * TICK_MS;
const LATE_SHARE_MAX = 0.05;
const DROPPED_SHARE_MAX = 0.2;
const PAGES_FEW = 4;
const FILMS = 3;

export async function runLab({ profile, pages, origin, options, onClose, say }) {
  const traits = PROFILES[profile];
  const { seed } = options;
  const lineNames = Array.from({ length: pages }, (_, page) => traits.line(page));
  const lines = await openLines({
    target: origin,
    lines: lineNames,
    seed,
    pacedPage: traits.stalls ? DISTURBED_PAGE : -1,
  });
  onClose(() => lines.close());
  const trips = await lines.roundTrips();
  trips.forEach(({ p50, p95 }, page) =>
    say(`page ${page + 1}: ${lineNames[page]}, round trip ${p50.toFixed(1)} ms (p95 ${p95.toFixed(1)})`),
  );

  const browser = await openBrowser({ throttled: traits.hides });
  onClose(() => browser.close());
  const clocks = Array.from({ length: pages }, (_, page) => fakeClock(seed, page));
  const viewers = [];
  for (let page = 0; page < pages; page++) {
    viewers.push(await Viewer.open(browser, page, lines.ports[page], clocks[page], options.player));
  }

  const plan = {
    steadyS: options.seconds,
    rounds: options.rounds,
    lobbyMs: options.quick ? 2500 : 4000,
    gapMs: options.quick ? 3200 : 4500,
    hasty: !options.quick,
    // Films that follow when one ends. Those of other sites would need several stand-ins, and those of the library are long.
    films: options.quick || options.player !== null || options.film !== null ? 0 : FILMS,
    hostChange: !options.quick,
    wallStep: !options.quick,
    stalls: traits.stalls,
    hides: traits.hides,
    disturbedPage: DISTURBED_PAGE,
  };
  const result = {
    profile,
    pages,
    traits,
    trips,
    lineNames,
    clocks,
    blocks: { ours: [], original: [] },
    loads: [],
    cost: {},
  };
  const own =
    options.player !== null ? oursWithPlayer(options.player) : options.film !== null ? oursWithLibrary(options.film) : ours;
  for (let cycle = 0; cycle < options.cycles; cycle++) {
    for (const app of options.original ? [own, original] : [own]) {
      say(`block ${cycle + 1} of ${options.cycles}: ${app.name}`);
      // Wall clocks that are wrong or jump would make the original's every position wrong: it is spared them unless asked for.
      const spared = app === original && !options.originalWall;
      for (const viewer of viewers) {
        viewer.reset();
        await viewer.useClock(spared ? { ...clocks[viewer.index], wallMs: 0, ppm: 0 } : clocks[viewer.index]);
      }
      const block = new Block({
        app,
        viewers,
        origin,
        plan: { ...plan, wallStep: plan.wallStep && !spared },
        lines,
        say,
      });
      block.afterSteady = () => checkLoad(machineLoad(viewers, [[block.steadyFrom, Infinity]]), pages, options);
      await slowDown(traits, viewers[DISTURBED_PAGE]);
      const [cost] = await Promise.all([costWhile(viewers, block, options.seconds), block.run()]);
      await speedUp(traits, viewers[DISTURBED_PAGE]);
      const seen = viewers.map(({ samples, frames, seeks, tones, packets }) => ({
        samples,
        frames,
        seeks,
        tones,
        packets,
      }));
      const figures = blockFigures({
        seen,
        acts: block.acts,
        absences: block.absences,
      });
      result.blocks[app.name].push(figures);
      (result.cost[app.name] ??= []).push(cost);
      result.originSpreadMs = originSpread(viewers);
      result.loads.push(machineLoad(viewers, figures.steady));
    }
  }
  if (!options.quick && options.player === null && options.film === null) result.cost.bare = [await bareCost(viewers, origin)];
  await browser.close();
  await lines.close();
  return result;
}

/** Returns how far the pages' navigation starts by the wall clock differ, which bounds the error of the common time. */
function originSpread(viewers) {
  const offsets = viewers.map(({ wallOfMonotonic }) => wallOfMonotonic);
  return Math.max(...offsets) - Math.min(...offsets);
}

function machineLoad(viewers, windows) {
  const gaps = [];
  for (const { samples } of viewers) {
    for (let i = 1; i < samples.t.length; i++) {
      if (windows.some(([from, to]) => samples.t[i - 1] > from && samples.t[i] < to)) gaps.push(samples.t[i] - samples.t[i - 1]);
    }
  }
  gaps.sort((a, b) => a - b);
  const late = gaps.filter((gap) => gap > LATE_TICK_MS && gap < 2000).length / Math.max(1, gaps.length);
  const sum = (key) => viewers.reduce((s, { played }) => s + played[key], 0);
  return {
    tickP95: percentile(gaps, 0.95),
    late,
    dropped: sum('dropped') / Math.max(1, sum('shown')),
  };
}

function checkLoad({ late, dropped }, pages, options) {
  if (options.quick || pages <= PAGES_FEW) return;
  if (late <= LATE_SHARE_MAX && dropped <= DROPPED_SHARE_MAX) return;
  throw new Overloaded(
    `${(100 * late).toFixed(1)} % of the sampler's ticks late, ${(100 * dropped).toFixed(1)} % of the frames dropped`,
  );
}
