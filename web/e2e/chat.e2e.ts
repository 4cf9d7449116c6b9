/** The chat in real browsers. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createRoom, joinByLink, openRoomOfTwo, openRoomWithFilm, say, showSample, useBrowsers } from './support/browsers';
import { axeViolations } from './support/host-menu';

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

/** The menu of a message by keyboard, from the field: the newest message first. */
async function openMenuByKeys(page: Page, back: number): Promise<void> {
  await page.getByRole('log').focus();
  for (let i = 0; i < back; i++) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: /^(Your message|Message of)/ }).waitFor();
}

const message = (page: Page, text: string) => page.locator('.message', { has: page.locator('.message-text', { hasText: text }) });
const tools = (page: Page) => page.getByRole('toolbar', { name: /^Actions for/ });

/** Moves the mouse over a message until its tools are there: a log that scrolls hides them. */
async function hover(page: Page, text: string): Promise<void> {
  await page.bringToFront();
  await page.getByRole('button', { name: 'Chat settings' }).waitFor();
  await expect
    .poll(async () => {
      await page.mouse.move(0, 0);
      await message(page, text).hover();
      return tools(page).isVisible();
    })
    .toBe(true);
}

test('CH6 a reply quotes, and leads to, what it answers; CH9 reactions are counted once for each', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  await say(ana, 'What did you think of ||the ending||?');
  await message(ben, 'What did you think').waitFor();
  await hover(ben, 'What did you think');
  await tools(ben).getByRole('button', { name: 'Reply' }).click();
  await ben.getByText('Reply to Ana').waitFor();
  expect(await ben.locator('#chat-input').evaluate((field) => field === document.activeElement)).toBe(true);
  await say(ben, 'Loved it');
  const quote = message(ana, 'Loved it').locator('.message-quote');
  await quote.waitFor();
  expect(await quote.innerText()).toContain('What did you think of [spoiler]?');
  await quote.click();
  await expect.poll(() => message(ana, 'What did you think').evaluate((row) => row === document.activeElement)).toBe(true);

  await hover(ana, 'Loved it');
  await tools(ana).getByRole('button', { name: 'React with 😂' }).click();
  const reaction = (page: Page) => message(page, 'Loved it').locator('.reaction');
  await reaction(ben).click();
  await expect.poll(() => reaction(ana).getAttribute('aria-label')).toBe('😂 2, You and Ben');
  expect(await reaction(ben).getAttribute('aria-pressed')).toBe('true');
  await reaction(ben).click();
  await expect.poll(() => reaction(ana).getAttribute('aria-label')).toBe('😂 1, You');

  await ana.getByRole('button', { name: 'Emoji', exact: true }).click();
  await ana.locator('emoji-picker').getByRole('combobox').fill('popcorn');
  await ana
    .locator('emoji-picker')
    .getByRole('option', { name: /popcorn/ })
    .first()
    .click();
  await expect.poll(() => ana.locator('#chat-input').inputValue()).toBe('🍿');
});

test('CH7 an edit and CH8 a deletion reach everybody, also in what quotes them', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  await say(ana, 'bonsor');
  await message(ben, 'bonsor').waitFor();
  await hover(ben, 'bonsor');
  await tools(ben).getByRole('button', { name: 'Reply' }).click();
  await say(ben, 'hi');
  await message(ana, 'hi').waitFor();
  await ana.locator('#chat-input').press('ArrowUp');
  expect(await ana.locator('#chat-input').inputValue()).toBe('bonsor');
  await ana.locator('#chat-input').fill('bonsoir');
  await ana.locator('#chat-input').press('Enter');
  await message(ben, 'bonsoir (edited)').waitFor();
  await expect.poll(() => message(ben, 'hi').locator('.message-quoted').innerText()).toBe('bonsoir');
  await openMenuByKeys(ana, 2);
  await ana.getByRole('button', { name: 'Delete…' }).click();
  await ana.getByRole('button', { name: 'Delete', exact: true }).click();
  await message(ben, 'Message deleted').waitFor();
  await expect.poll(() => message(ben, 'hi').locator('.message-quoted').innerText()).toBe('Message deleted');
  // What was deleted is not in the history either.
  await ben.reload();
  await message(ben, 'Message deleted').waitFor();
  expect(await ben.getByText('bonsoir').count()).toBe(0);
});

test('a mention is chosen by keyboard and counted apart; a spoiler is shown on demand', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  for (let i = 1; i <= 20; i++) await say(ana, `line ${i}\nmore`);
  await message(ben, 'line 20').waitFor();
  await ben.getByRole('log').evaluate((log) => log.scrollTo(0, 100));
  await ben.getByRole('button', { name: 'To the newest' }).waitFor();
  await ana.locator('#chat-input').pressSequentially('psst @b');
  await ana.getByRole('option', { name: 'Ben' }).waitFor();
  await ana.locator('#chat-input').press('Enter');
  await ana.locator('#chat-input').pressSequentially('||the butler||');
  expect(await ana.locator('#chat-input').inputValue()).toBe('psst @Ben ||the butler||');
  await ana.locator('#chat-input').press('Enter');
  await ben.getByRole('button', { name: /1 message mentions you/ }).click();
  await expect.poll(() => message(ben, 'psst').getAttribute('data-mentioned')).toBe('true');
  await ben.getByText('New messages').waitFor();
  const spoiler = message(ben, 'psst').getByRole('button', { name: 'Spoiler, show it' });
  expect(await ben.getByText('the butler').isVisible()).toBe(false);
  await spoiler.click();
  await ben.getByText('the butler').waitFor();
});

test("CH6 a message has the film's time, which leads there who may control it", async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  await ana.getByRole('slider', { name: 'Position in the film' }).press('End');
  await say(ben, 'look');
  const moment = message(ana, 'look').getByRole('button', { name: /^Move the film to/ });
  await moment.waitFor();
  expect(await message(ben, 'look').locator('button.message-at').count()).toBe(0);
  const written = await message(ben, 'look').locator('.message-at').innerText();
  await ana.getByRole('slider', { name: 'Position in the film' }).press('Home');
  await moment.click();
  await ben
    .getByText(`Ana moved the film to ${written.replace(/^at\s*/, '')}`)
    .first()
    .waitFor();
  await ana.getByRole('button', { name: 'Undo jump' }).click();
});

test('CH5 200 messages are read back without a jump, and searched', async () => {
  const { ana, link } = await openRoomOfTwo(browsers);
  await ana.locator('#chat-input').evaluate((field: HTMLTextAreaElement) => {
    for (let i = 1; i <= 200; i++) {
      field.value = i % 10 === 0 ? `number ${i} is longer, so that it takes a second line` : `number ${i}`;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.form!.requestSubmit();
    }
  });
  await expect.poll(() => ana.locator('[data-state=sent]').count(), { timeout: 30_000 }).toBe(200);
  const cem = await browsers.openPage();
  await joinByLink(cem, link, 'Cem');
  await message(cem, 'number 200').waitFor();
  await cem.getByRole('button', { name: 'Search the chat' }).waitFor();
  const log = cem.getByRole('log');
  const shown = () => cem.locator('.message').count();
  const before = await shown();
  expect(before).toBeLessThan(200);
  // The message in the middle stays where it is while a page comes above it.
  await log.hover();
  for (let i = 0; i < 40 && (await shown()) === before; i++) {
    const mark = await log.evaluate((element) => {
      element.scrollTop = Math.max(300, element.scrollTop - 150);
      const middle = element.getBoundingClientRect().top + element.clientHeight / 2;
      const row = [...element.querySelectorAll('.message')].find((one) => one.getBoundingClientRect().bottom > middle)!;
      return { id: (row as HTMLElement).dataset['message']!, top: row.getBoundingClientRect().top };
    });
    await cem.waitForFunction(() => document.querySelector('.chat-older') === null);
    const top = await cem.locator(`[data-message="${mark.id}"]`).evaluate((row) => row.getBoundingClientRect().top);
    expect(Math.abs(top - mark.top)).toBeLessThanOrEqual(2);
  }
  expect(await shown()).toBeGreaterThan(before);
  await cem.getByRole('button', { name: 'Search the chat' }).click();
  await cem.keyboard.type('second line');
  const all = cem.getByRole('button', { name: 'Search older messages too' });
  if (await all.isVisible()) await all.click();
  await cem.getByText('20 of 20').waitFor();
  await expect.poll(shown).toBe(200);
  for (let i = 0; i < 19; i++) await cem.keyboard.press('Enter');
  await cem.getByText('1 of 20', { exact: true }).waitFor();
  await expect.poll(() => message(cem, 'number 10 is longer').isVisible()).toBe(true);
  await cem.keyboard.press('Escape');
  await cem.getByRole('button', { name: 'To the newest' }).click();
  await expect.poll(() => message(cem, 'number 200').isVisible()).toBe(true);
});

test.each([
  { width: 1440, height: 900, touch: false },
  { width: 390, height: 844, touch: true },
])('the chat is accessible at $width × $height, and can be used without a mouse', async (size) => {
  const ana = await browsers.openPage(size);
  const link = await createRoom(ana);
  await showSample(ana);
  const ben = await browsers.openPage(size);
  await joinByLink(ben, link, 'Ben');
  await say(ben, 'Hello **@Ana**, it was ||him||: https://a.example@b.example/');
  await message(ana, 'Hello').waitFor();
  await ana.getByRole('button', { name: 'Chat settings' }).waitFor();
  if (size.touch) await message(ana, 'Hello').locator('.message-head b').tap();
  else await openMenuByKeys(ana, 1);
  expect(await axeViolations(ana)).toEqual([]);
  const menu = ana.getByRole('dialog', { name: 'Message of Ben' });
  if (size.touch) {
    for (const button of await menu.getByRole('button').all()) {
      const box = (await button.boundingBox())!;
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
    }
    await menu.getByRole('button', { name: 'Reply' }).tap();
  } else {
    await ana.keyboard.press('Enter');
    await message(ana, 'Hello').locator('.reaction').waitFor();
    await expect.poll(() => message(ana, 'Hello').evaluate((row) => row === document.activeElement)).toBe(true);
    await ana.keyboard.press('Enter');
    await menu.waitFor();
    for (let i = 0; i < 6; i++) await ana.keyboard.press('ArrowDown');
    await ana.keyboard.press('Enter');
  }
  await ana.getByText('Reply to Ben').waitFor();
  await ana.keyboard.type('Oh @be');
  await ana.getByRole('option', { name: 'Ben' }).waitFor();
  expect(await axeViolations(ana)).toEqual([]);
  await ana.keyboard.press('Enter');
  await ana.keyboard.press('Enter');
  await message(ben, 'Oh @Ben').waitFor();
  await ana.getByRole('button', { name: 'Emoji', exact: true }).press('Enter');
  await ana.locator('emoji-picker').getByRole('combobox').waitFor();
  await ana.locator('emoji-picker').getByRole('menuitem').first().waitFor();
  expect(await axeViolations(ana)).toEqual([]);
  await ana.keyboard.press('Escape');
  await ana.getByRole('button', { name: 'Chat settings' }).press('Enter');
  await ana.getByRole('switch', { name: /^Sound/ }).waitFor();
  expect(await axeViolations(ana)).toEqual([]);
  await ana.keyboard.press('Escape');
  await ana.getByRole('button', { name: 'Search the chat' }).press('Enter');
  expect(await axeViolations(ana)).toEqual([]);
});
