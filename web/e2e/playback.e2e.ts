import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { House, control, createRoom, filmReady, joinByLink, showLink, showSample } from './support/house';
import { apart, read, running, standing } from './support/film';

const APART_MAX_MS = 250;

let house: House;
beforeAll(async () => void (house = await House.open()));
afterEach(() => house.clear());
afterAll(() => house.close());

test('two people watch the sample film in step, and pause, seek and play reach both', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  await control(ana, 'Play').click();
  await Promise.all([running(ana, 1.5), running(ben, 1.5)]);
  const first = await apart(ana, ben);
  expect(first).toBeLessThan(APART_MAX_MS);

  await control(ana, 'Pause').click();
  await expect.poll(async () => (await read(ana)).paused).toBe(true);
  await standing(ben, (await read(ana)).position, 0.1);

  await control(ana, 'Ahead 10 seconds').click();
  await expect.poll(async () => (await read(ana)).position).toBeGreaterThan(10);
  await standing(ben, (await read(ana)).position, 0.1);

  await control(ana, 'Play').click();
  await Promise.all([running(ana, 12), running(ben, 12)]);
  await ana.getByLabel('Position in the film').focus();
  await ana.keyboard.press('ArrowRight');
  await ben.getByText('Ana moved the film to').first().waitFor();
  await Promise.all([running(ana, 16), running(ben, 16)]);
  const second = await apart(ana, ben);
  expect(second).toBeLessThan(APART_MAX_MS);
  console.log(`apart: ${first.toFixed(1)} ms after a start, ${second.toFixed(1)} ms after a seek`);
});

test('three people, one of them late, end up in step', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await control(ana, 'Play').click();
  await running(ana, 2);
  const cem = await house.person();
  await joinByLink(cem, link, 'Cem');
  const start = (await read(ana)).position;
  await Promise.all([ana, ben, cem].map((page) => running(page, start + 3)));
  expect(await apart(ana, ben)).toBeLessThan(APART_MAX_MS);
  expect(await apart(ana, cem)).toBeLessThan(APART_MAX_MS);
});

test('play at the end starts again from the beginning', async () => {
  const ana = await house.person();
  await createRoom(ana);
  await showSample(ana);
  await ana.getByLabel('Position in the film').focus();
  await ana.keyboard.press('End');
  await control(ana, 'Play again').waitFor();
  await control(ana, 'Play again').click();
  await running(ana, 0.5);
  expect((await read(ana)).position).toBeLessThan(20);
});

test('a link that holds no film is explained, and the host can choose another', async () => {
  house.tolerated = [/404|Failed to load resource/];
  const ana = await house.person();
  await createRoom(ana);
  for (const [link, why] of [
    ['https://example.org/watch', 'This is not a YouTube address'],
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

test('a browser that wants a gesture gets one clear button, and then runs in step', async () => {
  const strict = await House.open({ autoplay: false });
  try {
    const ana = await strict.person();
    const link = await createRoom(ana);
    const ben = await strict.person();
    await joinByLink(ben, link, 'Ben');
    await showSample(ana);
    await control(ana, 'Play').click();
    await running(ben, 0.5);
    // Looking into the page counts as a gesture, so the page itself says when the button is there.
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
    await running(ben);
    const start = (await read(ana)).position;
    await Promise.all([running(ana, start + 2), running(ben, start + 2)]);
    expect(await apart(ana, ben)).toBeLessThan(APART_MAX_MS);
    await strict.clear();
  } finally {
    await strict.close();
  }
});
