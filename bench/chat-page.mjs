// Measures how fluent the page is with 500 chat messages: reading them back, and new ones while a film plays. See README.md.
import { cpus, loadavg, release } from 'node:os';
import { Server } from '../testkit/server.mjs';
import { pause } from '../testkit/waiting.mjs';
import { RawClient } from './runner/raw-client.mjs';
import { openBrowser } from './sync-lab/play/browser.mjs';

const MESSAGES = 500;
const PER_SECOND = 3;
const SECONDS = 15;
const EMOJI = ['👍', '❤️', '😂', '😮', '😢'];
const TEXTS = [
  'Did you see that?',
  'I have waited for this *scene* all week, and now the neighbour is at the door',
  '`ffmpeg -i film.mkv` should do, see https://example.org/films/a-very-long-address?with=parameters&and=more',
  '||the butler did it||',
  '@Guest you were right',
  'ha',
];

/** Sends a message as people do: some answer another one, some get reactions. */
async function say(host, roomId, number, ids) {
  const replyTo = number % 7 === 6 ? { replyTo: ids.at(-3) } : {};
  const message = `${TEXTS[number % TEXTS.length]} (${number})`;
  const { messageId } = await host.ask('send-message', { roomId, message, ...replyTo });
  ids.push(messageId);
  if (number % 3 === 0)
    for (const emoji of EMOJI.slice(0, 1 + (number % 4))) await host.ask('react', { roomId, messageId, emoji, on: true });
}

/** Runs in the page: observes it until `end` is called. */
function observe() {
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  const video = document.querySelector('video');
  const frames = () => video?.getVideoPlaybackQuality() ?? { totalVideoFrames: 0, droppedVideoFrames: 0 };
  const before = frames();
  const begun = performance.now();
  let last = begun;
  let gap = 0;
  let running = true;
  requestAnimationFrame(function drawn(now) {
    gap = Math.max(gap, now - last);
    last = now;
    if (running) requestAnimationFrame(drawn);
  });
  window.__end = () => {
    running = false;
    tasks.push(...observer.takeRecords().map(({ duration }) => duration));
    observer.disconnect();
    const after = frames();
    return {
      seconds: (performance.now() - begun) / 1000,
      longTasks: tasks.length,
      longestTaskMs: Math.max(0, ...tasks),
      longestFrameMs: gap,
      frames: after.totalVideoFrames - before.totalVideoFrames,
      droppedFrames: after.droppedVideoFrames - before.droppedVideoFrames,
    };
  };
}

/** Runs in the page: reads the log back to its first message; what is read must stay in its place meanwhile. */
async function readBack(wanted) {
  const log = document.querySelector('.chat-log');
  const count = () => log.querySelectorAll('.message').length;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const topOf = (element) => element.getBoundingClientRect().top - log.getBoundingClientRect().top;
  const READ_FROM_PX = 80;
  const begun = performance.now();
  let jump = 0;
  let slowest = 0;
  while (count() < wanted) {
    const before = count();
    const since = performance.now();
    log.scrollTop = 0;
    await frame();
    // Not the first one, which may lose its head line to the message that comes before it.
    const read = [...log.querySelectorAll('.message')].find((one) => topOf(one) > READ_FROM_PX);
    const top = topOf(read);
    while (count() === before) {
      if (performance.now() - since > 20_000) throw new Error(`only ${before} messages were loaded`);
      await frame();
    }
    for (let n = 0; n < 3; n++) {
      jump = Math.max(jump, Math.abs(topOf(read) - top));
      await frame();
    }
    slowest = Math.max(slowest, performance.now() - since);
  }
  return { messages: count(), seconds: (performance.now() - begun) / 1000, slowestPageMs: slowest, jumpPx: jump };
}

/** Returns the time that the page's thread has used so far, by what for, ms. */
async function work(page) {
  page.cdp ??= await page.context().newCDPSession(page);
  await page.cdp.send('Performance.enable');
  const { metrics } = await page.cdp.send('Performance.getMetrics');
  const ms = (name) => 1000 * metrics.find((one) => one.name === name).value;
  return {
    scriptMs: ms('ScriptDuration'),
    styleMs: ms('RecalcStyleDuration'),
    layoutMs: ms('LayoutDuration'),
    allMs: ms('TaskDuration'),
  };
}

async function during(page, act) {
  const before = await work(page);
  await page.evaluate(observe);
  await act();
  const seen = await page.evaluate(() => window.__end());
  const after = await work(page);
  return { ...seen, ...Object.fromEntries(Object.entries(after).map(([name, ms]) => [name, ms - before[name]])) };
}

async function talking(page, host, roomId, ids) {
  return during(page, async () => {
    const begun = performance.now();
    for (let n = 0; n < PER_SECOND * SECONDS; n++) {
      await pause(Math.max(0, begun + (n * 1000) / PER_SECOND - performance.now()));
      await say(host, roomId, ids.length, ids);
    }
  });
}

const scrolled = (page, to) =>
  page.evaluate(async (share) => {
    const log = document.querySelector('.chat-log');
    log.scrollTop = log.scrollHeight * share;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return log.scrollTop;
  }, to);

const rounded = (figures) => Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(1))]));

async function measure(server, browser) {
  const host = await RawClient.connected(server.port);
  const { roomId } = await host.ask('create-room', { hostName: 'Host' });
  await host.ask('set-video', { roomId, videoUrl: `${server.url}/media/sample.mp4` });
  const ids = [];
  for (let n = 0; n < MESSAGES; n++) await say(host, roomId, n, ids);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${server.url}/room/${roomId}`);
  await page.getByLabel('Your name').fill('Guest');
  await page.getByRole('button', { name: 'Take a seat' }).click();
  await page.locator('.message').first().waitFor();
  await page.locator('video').first().waitFor();
  await pause(3000);
  await host.ask('play-video', { roomId, currentTime: 0 });
  await page.waitForFunction(() => document.querySelector('video')?.currentTime > 1, null, { timeout: 30_000 });

  const rows = {};
  rows['50 messages, quiet'] = await during(page, () => pause(SECONDS * 1000));
  let back;
  rows['while they are read back'] = await during(page, async () => (back = await page.evaluate(readBack, MESSAGES)));
  await scrolled(page, 1);
  await host.ask('seek-video', { roomId, currentTime: 0 });
  await pause(2000);
  rows['500 messages, quiet'] = await during(page, () => pause(SECONDS * 1000));
  rows['500 messages, at the end, 3 more a second'] = await talking(page, host, roomId, ids);
  await host.ask('seek-video', { roomId, currentTime: 0 });
  await scrolled(page, 0.5);
  await pause(2000);
  rows['500 messages, in the middle, 3 more a second'] = await talking(page, host, roomId, ids);
  host.close();
  return { rows, back };
}

const server = await Server.started({
  environment: { RATE_LIMIT_SOCKET_MAX_PER_IP: '100', EVENT_RATE_SCALE: '1000', METADATA: 'off' },
});
let browser;
try {
  browser = await openBrowser();
  console.error(`chat-page: ${cpus().length} × ${cpus()[0].model.trim()}, ${release()}, Chromium ${browser.version()}`);
  console.error(`chat-page: load average ${loadavg().map((value) => value.toFixed(2)).join(' ')}`); // prettier-ignore
  const { rows, back } = await measure(server, browser);
  console.table(Object.fromEntries(Object.entries(rows).map(([name, figures]) => [name, rounded(figures)])));
  console.log('reading back:', JSON.stringify(rounded(back)));
} finally {
  await browser?.close();
  await server.stop();
}
