/** Voice between browsers whose microphones play a tone of their own: who is heard on which page. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createRoom, filmReady, joinByLink, showSample } from './support/browsers';
import { axeViolations } from './support/host-menu';
import {
  allHear,
  connectionsOf,
  expectErrors,
  heardBy,
  hears,
  joinButton,
  joinVoice,
  leaveButton,
  openRoomOf,
  openVoice,
  useSpeakers,
} from './support/voice';

const speakers = useSpeakers('Ana', 'Ben', 'Cem');
const two = speakers.slice(0, 2);
const openTwo = async () => (await openRoomOf(two)).pages as [Page, Page];

const filmVolume = (page: Page) => page.evaluate(() => document.querySelector('video')?.volume ?? Number.NaN);

test('VO1 two pages hear each other over the film, which is turned down, and leaving ends it', async () => {
  const [ana, ben] = await openTwo();
  await showSample(ana);
  await filmReady(ben);
  expect(await filmVolume(ana)).toBe(1);
  await joinVoice(ana);
  await joinVoice(ben);
  await allHear(two, [ana, ben]);
  await ana.getByRole('tab', { name: /People/ }).click();
  await ana.locator('.member', { hasText: 'Ben' }).locator('.member-speaks').waitFor();
  await expect.poll(() => filmVolume(ana)).toBeLessThan(0.3);
  await openVoice(ben);
  await leaveButton(ben).click();
  await ana.getByRole('button', { name: 'Voice, 1 in it' }).waitFor();
  for (const page of [ana, ben]) expect(await connectionsOf(page)).toEqual({ open: 0, restarts: 0, players: 0 });
  await expect.poll(() => filmVolume(ana)).toBe(1);
});

test('VO1 three pages hear each other, and nobody hears themselves', async () => {
  const { pages } = await openRoomOf(speakers);
  for (const page of pages) await joinVoice(page);
  await allHear(speakers, pages);
  for (const page of pages) expect(await connectionsOf(page)).toMatchObject({ open: 2, players: 2 });
  const [ana, ben, cem] = pages as [Page, Page, Page];
  await ben.getByRole('link', { name: 'Leave the room', exact: true }).click();
  await hears(ana, 'Cem');
  await hears(cem, 'Ana');
  for (const page of [ana, cem]) expect(await connectionsOf(page)).toMatchObject({ open: 1, players: 1 });
});

test('VO4 a page that is muted, by itself or by a host, is not heard, and the others still are', async () => {
  const { pages } = await openRoomOf(speakers);
  const [ana, ben, cem] = pages as [Page, Page, Page];
  for (const page of pages) await joinVoice(page);
  await allHear(speakers, pages);
  await ben.getByRole('button', { name: 'Mute the microphone' }).click();
  await hears(ana, 'Cem');
  await hears(cem, 'Ana');
  await ben.getByRole('button', { name: 'Microphone on' }).click();
  await hears(ana, 'Ben', 'Cem');
  await openVoice(ana);
  await ana.getByRole('button', { name: 'Mute Ben for everybody' }).click();
  await ana.getByText('muted by a host').waitFor();
  await hears(ana, 'Cem');
  await ben.getByRole('button', { name: 'Microphone on' }).click();
  await openVoice(ben);
  await ben.getByText('A host has muted you.').waitFor();
  await hears(ben, 'Ana', 'Cem');
  expect(await heardBy(cem)).toEqual(['Ana']);
});

test('VO3 after a refresh and a lost network the voice goes on by itself', async () => {
  const [ana, ben] = await openTwo();
  await joinVoice(ana);
  await joinVoice(ben);
  await hears(ana, 'Ben');
  await ben.reload();
  await ben.locator('#chat-input').waitFor();
  await allHear(two, [ana, ben]);
  expectErrors(two, [/ERR_INTERNET_DISCONNECTED/, /WebSocket/]);
  await ben.context().setOffline(true);
  await ben.waitForFunction(() => !navigator.onLine);
  await ben.context().setOffline(false);
  await allHear(two, [ana, ben]);
  for (const page of [ana, ben]) expect(await connectionsOf(page)).toMatchObject({ open: 1, players: 1 });
});

test('without a microphone the page says so', async () => {
  const ana = await speakers[0].open();
  await createRoom(ana);
  await ana.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
  });
  await openVoice(ana);
  await joinButton(ana).click();
  await ana.getByText('No microphone was found. Connect one, then try again.').waitFor();
  await joinButton(ana).waitFor();
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`the dialog is accessible at ${width}x${height}`, async () => {
    const ana = await speakers[0].open();
    const link = await createRoom(ana);
    await joinVoice(ana);
    const ben = await speakers[1].open({ width, height });
    await joinByLink(ben, link, 'Benedikt');
    await joinVoice(ben);
    await openVoice(ben);
    expect(await axeViolations(ben)).toEqual([]);
    await ben.screenshot({ path: `test-results/voice-${width}.png` });
  });
}
