/** The site below a path, behind a proxy that strips the path and one that does not (TR14, TR16). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filmReady, say, showSample, useBrowsers } from './support/browsers';
import { type PathProxy, startPathProxy } from './support/path-proxy';
import { type Running, startServer } from './support/servers';

const PATH = '/party';

const browsers = useBrowsers();
let server: Running;

beforeAll(async () => {
  server = await startServer(['--base-path', `${PATH}/`, '--production']);
});
afterAll(async () => {
  await server.kill();
});

describe.each([
  { proxy: 'strips the path', strip: true },
  { proxy: 'leaves the path', strip: false },
])('behind a proxy that $proxy', ({ strip }) => {
  let proxy: PathProxy;
  beforeAll(async () => {
    proxy = await startPathProxy(server.port, PATH, strip);
  });
  afterAll(() => proxy.close());

  it('TR16 a room is created, joined and reloaded, and its film plays', async () => {
    const ana = await browsers.openPage({ at: proxy.url });
    const sockets: string[] = [];
    ana.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname));
    await ana.goto(PATH);
    await ana
      .getByRole('link', { name: /Create|Open/ })
      .first()
      .click();
    await ana.waitForURL(`${proxy.url}${PATH}/create`);
    await ana.getByLabel('Your name').fill('Ana');
    await ana.getByRole('button', { name: 'Open the doors' }).click();
    await ana.waitForURL(/\/party\/room\/[A-Z0-9]{6}$/);
    await ana.getByText('What are we watching?').waitFor();
    await expect.poll(() => sockets).toContain('/party/api/socket/io/');
    await showSample(ana);

    const ben = await browsers.openPage({ at: proxy.url });
    await ben.goto(ana.url());
    await ben.getByLabel('Your name').fill('Ben');
    await ben.getByRole('button', { name: 'Take a seat' }).click();
    await ben.locator('#chat-input').waitFor();
    await filmReady(ben);
    await ben.reload();
    await ben.locator('#chat-input').waitFor();
    expect(ben.url()).toBe(ana.url());
    await say(ben, 'below a path');
    await ana.getByText('below a path').first().waitFor();

    await filmReady(ben);
    await ana.getByRole('group', { name: 'Film controls' }).getByRole('button', { name: 'Play', exact: true }).click();
    await ben.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.5);
    expect(await ben.evaluate(() => new URL(document.querySelector('video')?.currentSrc ?? '').pathname)).toBe(
      '/party/media/sample.mp4',
    );
    // Font, worker and icon: no request outside the path.
    expect(proxy.strays).toEqual([]);
    expect(await ben.evaluate(() => document.fonts.check('16px "League Gothic"'))).toBe(true);
  });

  it('TR16 browser history stays within the path', async () => {
    const page = await browsers.openPage({ at: proxy.url });
    await page.goto(`${PATH}/join`);
    await page.getByRole('link', { name: 'Create a room' }).click();
    await page.waitForURL(`${proxy.url}${PATH}/create`);
    await page.goBack();
    await page.waitForURL(`${proxy.url}${PATH}/join`);
    await page.getByRole('link', { name: 'Watch N Chill, start page' }).click();
    await page.waitForURL(`${proxy.url}${PATH}/`);
    expect(proxy.strays).toEqual([]);
  });
});
