// Disturbances of one page in some profiles, besides the stall (see the film gate).

export async function slowDown({ slowsBy }, viewer) {
  if (slowsBy !== undefined) await viewer.cdp.send('Emulation.setCPUThrottlingRate', { rate: slowsBy });
}

export async function speedUp({ slowsBy }, viewer) {
  if (slowsBy !== undefined) await viewer.cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
}

/** Playwright reports every page as focused. Only the session that requested it can undo that. */
async function letGo(page, enabled) {
  const session = page._connection?.toImpl?.(page)?.delegate?._mainFrameSession?._client;
  if (session === undefined) throw new Error('this version of playwright-core cannot let a page be hidden');
  await session.send('Emulation.setFocusEmulationEnabled', { enabled });
}

const visibility = (page) => page.evaluate(() => document.visibilityState);

/** Puts another tab before the page, and answers with how to take it away again. */
export async function hide(viewer) {
  const { page } = viewer;
  await letGo(page, false);
  const before = await page.context().newPage();
  await before.bringToFront();
  for (let tries = 0; (await visibility(page)) !== 'hidden'; tries++) {
    if (tries === 20) throw new Error('the page did not become hidden');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return async () => {
    await before.close();
    await page.bringToFront();
    await letGo(page, true);
  };
}
