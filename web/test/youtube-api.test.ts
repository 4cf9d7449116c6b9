// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';

const page = window as unknown as { YT?: unknown; onYouTubeIframeAPIReady?: () => void };
let load: () => Promise<void>;
const scripts: HTMLScriptElement[] = [];

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  delete page.YT;
  scripts.length = 0;
  vi.spyOn(document.head, 'append').mockImplementation((node) => void scripts.push(node as HTMLScriptElement));
  load = (await import('../src/media/youtube-api')).loadYoutubeApi;
  return () => {
    vi.useRealTimers();
  };
});

test('resolves when the API is ready, and loads it once', async () => {
  const both = Promise.all([load(), load()]);
  page.onYouTubeIframeAPIReady!();
  await both;
  expect(scripts).toHaveLength(1);
});

test('a blocked script rejects, and the next call loads again', async () => {
  const first = load();
  scripts[0]!.onerror!(new Event('error'));
  await expect(first).rejects.toThrow();
  const second = load();
  expect(scripts).toHaveLength(2);
  page.onYouTubeIframeAPIReady!();
  await second;
});

test('no answer rejects', async () => {
  const first = load();
  vi.advanceTimersByTime(15_001);
  await expect(first).rejects.toThrow();
});

test('a loaded API is not loaded again', async () => {
  page.YT = { Player: () => undefined };
  await load();
  expect(scripts).toHaveLength(0);
});
