// The CPU time of a page while the video plays, by DevTools' counters; ms of work per second.
import { pause } from '../../../testkit/waiting.mjs';

const AFTER_START_MS = 4000;
const BARE_MS = 10_000;

async function spent(viewers, ms) {
  const read = () => Promise.all(viewers.map((viewer) => viewer.metrics()));
  const before = await read();
  await pause(ms);
  const after = await read();
  const each = (name) => after.map((now, i) => ((now[name] - before[i][name]) * 1000) / (now.Timestamp - before[i].Timestamp));
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    script: mean(each('ScriptDuration')),
    task: mean(each('TaskDuration')),
  };
}

/** Measures during the first steady stretch of a running block. */
export async function costWhile(viewers, block, seconds) {
  while (block.steadyFrom === undefined) {
    if (block.over) return null;
    await pause(250);
  }
  await pause(AFTER_START_MS / 2);
  return spent(viewers, Math.max(1000, seconds * 1000 - AFTER_START_MS));
}

/** Measures the same video in the same pages with nothing but the lab's instruments. */
export async function bareCost(viewers, origin) {
  for (const viewer of viewers) {
    await viewer.goto(`${origin}/__lab/bare.html`);
    await viewer.filmReady();
  }
  await Promise.all(viewers.map(({ page }) => page.evaluate(() => document.querySelector('video').play())));
  await pause(AFTER_START_MS);
  return spent(viewers, BARE_MS);
}
