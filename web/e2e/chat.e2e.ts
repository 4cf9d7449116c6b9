import { expect, test } from 'vitest';
import { joinByLink, openRoomOfTwo, say, useBrowsers } from './support/browsers';

const browsers = useBrowsers();

test('messages go both ways, once, and a new member reads them', async () => {
  const { ana, ben, link } = await openRoomOfTwo(browsers);
  await say(ana, 'Hello Ben');
  await ben.getByText('Hello Ben').waitFor();
  await say(ben, 'Hello Ana');
  await ana.getByText('Hello Ana').waitFor();
  expect(await ana.locator('.message').count()).toBe(2);
  expect(await ben.locator('.message').count()).toBe(2);
  const cem = await browsers.openPage();
  await joinByLink(cem, link, 'Cem');
  await cem.getByText('Hello Ana').waitFor();
  expect(await cem.locator('.message').count()).toBe(2);
});

test('typing is shown while it lasts', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  await ana.locator('#chat-input').pressSequentially('Hel');
  await ben.getByText('Ana is writing').waitFor();
  await ana.locator('#chat-input').press('Enter');
  await ben.getByText('Ana is writing').waitFor({ state: 'detached' });
});

test('markup stays text and a link is a safe link', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  const markup = '<img src=x onerror="document.title=1"><b>bold</b> javascript:alert(1) https://example.org/a?b=1.';
  await say(ana, markup);
  await ben.getByText('<b>bold</b>').waitFor();
  expect(await ben.locator('.message img, .message b b, .message-text b').count()).toBe(0);
  expect(await ben.locator('.message-text').innerText()).toBe(markup);
  const link = ben.locator('.message-text a');
  expect(await link.count()).toBe(1);
  expect(await link.getAttribute('href')).toBe('https://example.org/a?b=1');
  expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow');
});

test('unread messages are counted while the chat is hidden or scrolled up', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  for (let i = 1; i <= 18; i++) await say(ana, `line ${i}\nand more\nand more`);
  await ben.getByText('line 18').waitFor();
  const log = ben.getByRole('log');
  await log.hover();
  await log.evaluate((element) => element.scrollTo(0, 0));
  await expect.poll(() => log.evaluate((element) => element.scrollTop)).toBe(0);
  await say(ana, 'one');
  await say(ana, 'two');
  await ben.getByRole('button', { name: '2 new messages' }).click();
  await ben.getByRole('button', { name: '2 new messages' }).waitFor({ state: 'detached' });

  await ben.getByRole('tab', { name: /People/ }).click();
  await say(ana, 'three');
  await ben.getByRole('tab', { name: /Chat\s*1/ }).click();
  await ben.getByText('three').waitFor();

  await ben.getByRole('button', { name: 'Hide the chat' }).click();
  await say(ana, 'four');
  await ben.getByRole('button', { name: '1 new message' }).click();
  await ben.getByText('four').waitFor();
});

test('Shift+Enter adds a line, and a message has at most a thousand characters', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  const input = ana.locator('#chat-input');
  await input.pressSequentially('one');
  await input.press('Shift+Enter');
  await input.pressSequentially('two');
  await input.press('Enter');
  await ben.getByText('one\ntwo').waitFor();
  await input.fill('x'.repeat(990));
  await ana.getByText('10 characters left').waitFor();
  await input.press('End');
  await input.pressSequentially('y'.repeat(20));
  expect(await input.inputValue()).toHaveLength(1000);
  await input.press('Enter');
  await ben.getByText('xxxyyyyyyyyyy').waitFor();
});

test('a message written offline is sent after the reconnect', async () => {
  browsers.expectedErrors = [/ERR_INTERNET_DISCONNECTED|WebSocket connection|Failed to load resource/];
  const { ana, ben } = await openRoomOfTwo(browsers);
  const dialled = ana.waitForEvent('websocket');
  await ana.context().setOffline(true);
  await ana.getByText('You are offline').waitFor();
  // The page has noticed that the connection is lost.
  await dialled;
  await say(ana, 'into the dark');
  await ana.getByText('Not sent yet').waitFor();
  await ana.context().setOffline(false);
  await ben.getByText('into the dark').waitFor();
  await ana.getByText('Not sent yet').waitFor({ state: 'detached' });
  expect(await ana.getByText('into the dark').count()).toBe(1);
});
