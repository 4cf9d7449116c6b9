// Disturbances of one page in some profiles, besides the stall (see the film gate).
import { until } from '../../../testkit/waiting.mjs';

export async function slowDown({ slowsBy }, viewer) {
  if (slowsBy !== undefined) await viewer.cdp.send('Emulation.setCPUThrottlingRate', { rate: slowsBy });
}

export async function speedUp({ slowsBy }, viewer) {
  if (slowsBy !== undefined) await viewer.cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
}

/** Playwright reports every page as focused. Only the session that requested it can undo that. */
async function setFocusEmulation(page, enabled) {
  const session = page._connection?.toImpl?.(page)?.delegate?._mainFrameSession?._client;
  if (session === undefined) throw new Error('this version of playwright-core cannot let a page be hidden');
  await session.send('Emulation.setFocusEmulationEnabled', { enabled });
}

const visibility = (page) => page.evaluate(() => document.visibilityState);

/** Opens another tab before the page, and returns a function that closes it again. */
export async function hide(viewer) {
  const { page } = viewer;
  await setFocusEmulation(page, false);
  const before = await page.context().newPage();
  await before.bringToFront();
  await until('the page is hidden', async () => (await visibility(page)) === 'hidden', { withinMs: 2000, everyMs: 100 });
  return async () => {
    await before.close();
    await page.bringToFront();
    await setFocusEmulation(page, true);
  };
}
