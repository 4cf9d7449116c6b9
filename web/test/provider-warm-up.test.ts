// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { afterEach, expect, test, vi } from 'vitest';
import { warmProvider } from '../src/media/providers/open-provider';

const SDK = 'https://geo.dailymotion.com/libs/player.js';
const TUBE = 'https://tube.example';

/** Records what is added to the head, and lets scripts load at once. */
function watchHead(): string[] {
  const added: string[] = [];
  vi.spyOn(document.head, 'append').mockImplementation((...nodes) => {
    for (const node of nodes as (HTMLScriptElement & HTMLLinkElement)[]) {
      added.push(node.tagName === 'SCRIPT' ? `script ${node.src}` : `${node.rel} ${node.href}`);
      const page = window as unknown as { dailymotion?: { createPlayer?: () => void; onScriptLoaded?: () => void } };
      if (node.tagName !== 'SCRIPT') continue;
      page.dailymotion!.createPlayer = () => undefined;
      page.dailymotion!.onScriptLoaded!();
    }
  });
  return added;
}

afterEach(() => vi.restoreAllMocks());

test.each([
  ['https://vimeo.com/76979871', ['preconnect https://player.vimeo.com']],
  ['https://www.twitch.tv/videos/335921245', ['preconnect https://player.twitch.tv']],
  ['https://www.dailymotion.com/video/x84sh87', [`script ${SDK}`, 'preconnect https://geo.dailymotion.com']],
  [`${TUBE}/w/52a10666-3a18-4e73-93da-e8d3c12c305a`, [`preconnect ${TUBE}`]],
])('the player of %s is prepared at the hosts of its provider alone, and not opened', async (link, expected) => {
  const added = watchHead();
  const made = vi.spyOn(document, 'createElement');
  await warmProvider(link);
  expect(added.map((one) => one.replace(/\/$/, ''))).toEqual(expected);
  expect(made.mock.calls.map(([name]) => name)).not.toContain('iframe');
});

test('nothing is prepared for a video that its provider does not play here', async () => {
  const added = watchHead();
  await expect(warmProvider('https://clips.twitch.tv/SomeClip')).rejects.toThrow();
  expect(added).toEqual([]);
});
