/** Voice between Firefox, whose microphone hums, and Chromium, whose microphone plays a tone. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createRoom, joinByLink, useBrowsers } from './support/browsers';
import { connectionsOf, heardBy, joinVoice, type WatchedWindow, watchConnections, writeTone } from './support/voice';

const browsers = useBrowsers({ microphone: writeTone('Ana') });

const LOUD = 0.02;

/**
 * Returns how many of the voices that a page plays are loud within 1.3 s, from what its connections have received: audio
 * graphs of Firefox stand still on a machine without a sound card.
 */
function voicesReceived(page: Page): Promise<number> {
  return page.evaluate(async (loud) => {
    const heard = new Set<string>();
    const played = [...document.querySelectorAll<HTMLAudioElement>('audio[data-voice]')].filter(
      ({ muted, paused }) => !muted && !paused,
    );
    const ids = played.flatMap(({ srcObject }) =>
      srcObject instanceof MediaStream ? srcObject.getAudioTracks().map(({ id }) => id) : [],
    );
    const until = performance.now() + 1300;
    while (performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      for (const connection of (window as unknown as WatchedWindow).__voice.connections) {
        const receiver = connection.getReceivers().find(({ track }) => ids.includes(track.id));
        if (connection.connectionState !== 'connected' || receiver === undefined) continue;
        for (const report of (await receiver.getStats()).values())
          if (report.type === 'inbound-rtp' && Number(report.audioLevel) > loud) heard.add(receiver.track.id);
      }
    }
    return heard.size;
  }, LOUD);
}

async function bothHear(chromium: Page, firefox: Page): Promise<void> {
  await expect.poll(async () => (await heardBy(chromium)).length, { timeout: 40_000 }).toBe(1);
  await expect.poll(() => voicesReceived(firefox), { timeout: 40_000 }).toBe(1);
}

test('VO1 Firefox and Chromium hear each other, also after a refresh of Firefox', async () => {
  const ana = await browsers.openPage({ engine: 'chromium', prepare: watchConnections });
  const link = await createRoom(ana);
  const ben = await browsers.openPage({ engine: 'firefox', prepare: watchConnections });
  await joinByLink(ben, link, 'Ben');
  await joinVoice(ana);
  await joinVoice(ben);
  await bothHear(ana, ben);
  await ben.reload();
  await ben.locator('#chat-input').waitFor();
  await bothHear(ana, ben);
  expect(await connectionsOf(ana)).toMatchObject({ open: 1, players: 1 });
});
