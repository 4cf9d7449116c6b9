// What befalls one page in some profiles, beside its film standing still (that is the film gate's).

/** Before a block: hides the page behind another tab, or makes its processor slower. */
export async function afflict({ hides, slowsBy }, viewer) {
  if (slowsBy !== undefined) await viewer.cdp.send('Emulation.setCPUThrottlingRate', { rate: slowsBy });
  if (!hides) return;
  await viewer.cdp.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  const { windowId } = await viewer.cdp.send('Browser.getWindowForTarget');
  await viewer.cdp.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'minimized' } });
}

export async function relieve({ hides, slowsBy }, viewer) {
  if (slowsBy !== undefined) await viewer.cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  if (!hides) return;
  const { windowId } = await viewer.cdp.send('Browser.getWindowForTarget');
  await viewer.cdp.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } });
}
