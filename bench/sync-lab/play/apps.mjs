// The two ways to watch: the product's page, and the page with the original's algorithm. Each is driven by what a person has.

import { PROVIDERS } from '../../../web/e2e/stand-ins/index.mjs';
import { TITLES } from './library.mjs';

const FILM = '/media/sample.mp4';

async function unfocus(viewer) {
  await viewer.page.evaluate(() => document.activeElement?.blur());
}

/** The product, as a black box: its forms, its buttons, its keys. */
export const ours = {
  name: 'ours',
  async create(viewer, origin, name) {
    const { page } = viewer;
    await viewer.goto(`${origin}/create`);
    await page.getByLabel('Your name').fill(name);
    await page.getByRole('button', { name: 'Open the doors' }).click();
    await page.waitForURL(/\/room\/[A-Z0-9]{6}$/);
    await page.getByText('What are we watching?').waitFor();
    return page.url().slice(-6);
  },
  async join(viewer, origin, code, name) {
    const { page } = viewer;
    await viewer.goto(`${origin}/room/${code}`);
    await page.getByLabel('Your name').fill(name);
    await page.getByRole('button', { name: 'Take a seat' }).click();
    await page.locator('#chat-input').waitFor();
    await unfocus(viewer);
  },
  async setFilm(viewer) {
    await viewer.page.getByRole('button', { name: 'Try the sample film' }).click();
    await viewer.filmReady();
    await unfocus(viewer);
  },
  async promote(viewer, name) {
    const { page } = viewer;
    await page.getByRole('button', { name: /^Room menu/ }).click();
    const menu = page.getByRole('dialog', { name: 'Your room' });
    await menu.getByRole('tab', { name: 'People' }).click();
    await menu.getByRole('button', { name: `Actions for ${name}` }).click();
    await menu
      .getByRole('group', { name: `Actions for ${name}` })
      .getByRole('button', { name: 'Give the remote' })
      .click();
    await menu.getByRole('button', { name: 'Close' }).click();
    await page
      .getByText(/gave .* the remote/)
      .first()
      .waitFor({ state: 'attached' });
    await unfocus(viewer);
  },
  /** Adds a film to the end of the queue. */
  async queue(viewer, link) {
    const { page } = viewer;
    await page.getByRole('tab', { name: /^Queue/ }).click();
    await page.getByLabel('Paste one or more links').fill(link);
    await page.getByRole('button', { name: 'Add to the end', exact: true }).click();
    await page.getByRole('list', { name: 'Up next' }).getByRole('listitem').first().waitFor();
    await page.getByRole('tab', { name: 'Chat' }).click();
    await unfocus(viewer);
  },
  /** Moves the slider to a position, or up to a step before it. */
  async seek(viewer, position) {
    const slider = viewer.page.getByLabel('Position in the film');
    const step = Number(await slider.getAttribute('step')) || 1; // "any" is no number
    await slider.fill(String(Math.floor(position / step) * step));
    await unfocus(viewer);
  },
  async leave(viewer) {
    await viewer.page.getByRole('link', { name: 'Leave the room', exact: true }).click();
    await viewer.page.waitForURL((url) => url.pathname === '/');
    await viewer.collect();
  },
};

/** The product with a film of another site, which is chosen by its link. */
export const oursWithPlayer = (player) => ({
  ...ours,
  async setFilm(viewer) {
    await viewer.page.getByLabel(/Paste a/).fill(PROVIDERS[player].link);
    await viewer.page.getByRole('button', { name: 'Show it' }).click();
    await viewer.filmReady();
    await unfocus(viewer);
  },
});

/** The product with a film of the server's library, which is chosen from its list. */
export const oursWithLibrary = (film) => ({
  ...ours,
  async setFilm(viewer) {
    const { page } = viewer;
    await page.getByRole('button', { name: 'Films on this server' }).first().click();
    const list = page.getByRole('dialog', { name: 'Films on this server' });
    await list.getByRole('button', { name: `Play now: ${TITLES[film]}` }).click();
    await list.waitFor({ state: 'hidden' });
    await viewer.filmReady();
    await unfocus(viewer);
  },
});

export const original = {
  name: 'original',
  async create(viewer, origin, name) {
    await viewer.goto(`${origin}/__lab/original.html?name=${name}`);
    return (await viewer.page.waitForFunction(() => window.__original.roomId())).jsonValue();
  },
  async join(viewer, origin, code, name) {
    await viewer.goto(`${origin}/__lab/original.html?name=${name}&room=${code}`);
    await viewer.page.waitForFunction(() => window.__original.roomId());
  },
  async setFilm(viewer) {
    await viewer.page.evaluate((path) => window.__original.setVideo(new URL(path, location.href).href), FILM);
    await viewer.filmReady();
  },
  async promote(viewer, name) {
    await viewer.page.evaluate((who) => window.__original.promote(who), name);
  },
  /** It can only be left by leaving the page. */
  async leave(viewer) {
    await viewer.goto(`${new URL(viewer.page.url()).origin}/__lab/away.html`);
  },
};
