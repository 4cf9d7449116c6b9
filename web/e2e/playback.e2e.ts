import { expect, test } from 'vitest';
import {
  Browsers,
  control,
  createRoom,
  filmReady,
  joinByLink,
  openRoomOfTwo,
  openRoomWithFilm,
  showLink,
  showSample,
  useBrowsers,
} from './support/browsers';
import { measureSkewMs, readPlayer, waitUntilPlaying, waitUntilPaused } from './support/film';

const APART_MAX_MS = 250;

const browsers = useBrowsers();

test('two viewers play the sample film in sync, and pause, seek and play reach both', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, 1.5), waitUntilPlaying(ben, 1.5)]);
  const first = await measureSkewMs(ana, ben);
  expect(first).toBeLessThan(APART_MAX_MS);

  await control(ana, 'Pause').click();
  await expect.poll(async () => (await readPlayer(ana)).paused).toBe(true);
  await waitUntilPaused(ben, (await readPlayer(ana)).position, 0.1);

  await control(ana, 'Ahead 10 seconds').click();
  await expect.poll(async () => (await readPlayer(ana)).position).toBeGreaterThan(10);
  await waitUntilPaused(ben, (await readPlayer(ana)).position, 0.1);

  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, 12), waitUntilPlaying(ben, 12)]);
  await ana.getByLabel('Position in the film').focus();
  await ana.keyboard.press('ArrowRight');
  await ben.getByText('Ana moved the film to').first().waitFor();
  await Promise.all([waitUntilPlaying(ana, 16), waitUntilPlaying(ben, 16)]);
  const second = await measureSkewMs(ana, ben);
  expect(second).toBeLessThan(APART_MAX_MS);
  console.log(`apart: ${first.toFixed(1)} ms after a start, ${second.toFixed(1)} ms after a seek`);
});

test('three viewers, one of them late, end up in sync', async () => {
  const { ana, ben, link } = await openRoomOfTwo(browsers);
  await showSample(ana);
  await control(ana, 'Play').click();
  await waitUntilPlaying(ana, 2);
  const cem = await browsers.openPage();
  await joinByLink(cem, link, 'Cem');
  const start = (await readPlayer(ana)).position;
  await Promise.all([ana, ben, cem].map((page) => waitUntilPlaying(page, start + 3)));
  expect(await measureSkewMs(ana, ben)).toBeLessThan(APART_MAX_MS);
  expect(await measureSkewMs(ana, cem)).toBeLessThan(APART_MAX_MS);
});

test('play at the end starts again from the beginning', async () => {
  const ana = await browsers.openPage();
  await createRoom(ana);
  await showSample(ana);
  await ana.getByLabel('Position in the film').focus();
  await ana.keyboard.press('End');
  await control(ana, 'Play again').waitFor();
  await control(ana, 'Play again').click();
  await waitUntilPlaying(ana, 0.5);
  expect((await readPlayer(ana)).position).toBeLessThan(20);
});

test('a link without a film is explained, and the host can choose another', async () => {
  browsers.expectedErrors = [/404|Failed to load resource/];
  const ana = await browsers.openPage();
  await createRoom(ana);
  for (const [link, why] of [
    ['https://youtube.example.org/watch', 'This is not a YouTube address'],
    ['https://example.org/page.html', 'This is a page, not a film'],
  ] as const) {
    await showLink(ana, link);
    await ana.getByText(why).waitFor();
  }
  await showLink(ana, new URL('/media/nothing-here.mp4', ana.url()).href);
  await ana.getByRole('heading', { name: /no film at this link|cannot be played here/ }).waitFor();
  await ana.getByRole('button', { name: 'Choose another film' }).click();
  await ana.getByRole('dialog').getByRole('button', { name: 'Try the sample film' }).click();
  await filmReady(ana);
});

test('a blocked start shows one button, which starts in sync', async () => {
  const strict = await Browsers.open({ autoplay: false });
  try {
    const ana = await strict.openPage();
    const link = await createRoom(ana);
    const ben = await strict.openPage();
    await joinByLink(ben, link, 'Ben');
    await showSample(ana);
    await control(ana, 'Play').click();
    await waitUntilPlaying(ben, 0.5);
    // Evaluating in the page counts as a user gesture, so the page itself reports the button.
    await ben.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (document.querySelector('.join-film') === null) return;
        observer.disconnect();
        console.info('the button is there');
      }).observe(document, { childList: true, subtree: true });
    });
    const asked = ben.waitForEvent('console', (message) => message.text() === 'the button is there');
    await ben.reload();
    await asked;
    await ben.getByRole('button', { name: /Join the film/ }).click();
    await waitUntilPlaying(ben);
    const start = (await readPlayer(ana)).position;
    await Promise.all([waitUntilPlaying(ana, start + 2), waitUntilPlaying(ben, start + 2)]);
    expect(await measureSkewMs(ana, ben)).toBeLessThan(APART_MAX_MS);
    await strict.closePages();
  } finally {
    await strict.close();
  }
});
