// One page of the lab: a person of its own, on a line of its own, with a clock of its own.
import { serveStandIn } from '../../../web/e2e/stand-ins/index.mjs';
import { initScript } from '../page/init.mjs';

const STATE_BITS = 16;

export class Viewer {
  /** The records, all times in ms of the machine's monotonic clock. */
  samples = { t: [], position: [], state: [], ready: [], rate: [], volume: [] };
  frames = { t: [], position: [] };
  seeks = [];
  tones = [];
  packets = [];
  played = { dropped: 0, shown: 0 };
  #baseMs = null;

  constructor(index, page, cdp) {
    this.index = index;
    this.page = page;
    this.cdp = cdp;
  }

  /** @param player whose stand-in is served, or null */
  static async open(browser, index, proxyPort, clock, player) {
    const context = await browser.newContext({
      viewport: { width: 960, height: 600 },
      proxy: { server: `http://127.0.0.1:${proxyPort}` },
      // The lab's instruments are not the product's, and need not keep its content policy.
      bypassCSP: true,
    });
    context.setDefaultTimeout(30_000);
    if (player !== null) await serveStandIn(context, player);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable');
    const viewer = new Viewer(index, page, cdp);
    await viewer.useClock(clock);
    return viewer;
  }

  /** From the next document on, the page's clock is this one. */
  async useClock(clock) {
    if (this.script !== undefined)
      await this.cdp.send('Page.removeScriptToEvaluateOnNewDocument', {
        identifier: this.script,
      });
    await this.cdp.send('Page.enable');
    const source = initScript(clock);
    ({ identifier: this.script } = await this.cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source,
      runImmediately: false,
    }));
  }

  async metrics() {
    const { metrics } = await this.cdp.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  }

  /** Goes to another document; what the last one has seen is kept. */
  async goto(url) {
    await this.collect();
    await this.page.goto(url);
    await this.alignClock();
  }

  /** The document's performance.now() counts from its navigation start, which DevTools reports on the machine's monotonic clock. */
  async alignClock() {
    const { NavigationStart } = await this.metrics();
    const origin = await this.page.evaluate(() => window.__lab.origin);
    this.#baseMs = NavigationStart * 1000;
    this.wallOfMonotonic = origin - this.#baseMs;
  }

  /** Takes over what the page has written down. */
  async collect() {
    if (this.#baseMs === null) return;
    const got = await this.page.evaluate(() => window.__lab?.drain() ?? null);
    if (got === null) return;
    const base = this.#baseMs;
    const { samples } = got;
    for (let i = 0; i < samples.length; i += got.perSample) {
      this.samples.t.push(base + samples[i]);
      this.samples.position.push(samples[i + 1] * 1000);
      this.samples.state.push(samples[i + 2] % STATE_BITS);
      this.samples.ready.push(Math.floor(samples[i + 2] / STATE_BITS));
      this.samples.rate.push(samples[i + 3]);
      this.samples.volume.push(samples[i + 4]);
    }
    for (let i = 0; i < got.frames.length; i += 2) {
      this.frames.t.push(base + got.frames[i]);
      this.frames.position.push(got.frames[i + 1] * 1000);
    }
    for (const [at, ...rest] of got.seeks) this.seeks.push([base + at, ...rest]);
    for (const [at, ...rest] of got.tones) this.tones.push([base + at, ...rest]);
    for (const [at, ...rest] of got.packets) this.packets.push([base + at, ...rest]);
    this.played = { dropped: got.dropped, shown: got.shown };
  }

  /** Presses a key and returns when the page received it. */
  async press(key) {
    await this.page.keyboard.press(key);
    return this.#baseMs + (await this.page.evaluate(() => window.__lab.lastPress));
  }

  async now() {
    return this.#baseMs + (await this.page.evaluate(() => window.__lab.now()));
  }

  /** Seconds into the film. */
  async position() {
    return this.page.evaluate(() => window.__lab.film()?.currentTime ?? 0);
  }

  /** The film's length, s. */
  duration() {
    return this.page.evaluate(() => window.__lab.film().duration);
  }

  /** Waits until that holds in the page, which it is asked at each frame. */
  waitUntilFilm(holds, argument) {
    return this.page.waitForFunction(holds, argument);
  }

  async filmReady() {
    await this.page.waitForFunction(() => (window.__lab.film()?.readyState ?? 0) >= 2);
  }

  stepWall(ms) {
    return this.page.evaluate((by) => window.__lab.stepWall(by), ms);
  }

  /** Clears the records before the next algorithm. */
  reset() {
    this.samples = {
      t: [],
      position: [],
      state: [],
      ready: [],
      rate: [],
      volume: [],
    };
    this.frames = { t: [], position: [] };
    this.seeks = [];
    this.tones = [];
    this.packets = [];
  }
}
