// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import type { QueueItem } from '../src/protocol/queue';
import { createFilmWarmUp } from '../src/queue/film-warm-up';

const item = (videoUrl: string) => ({ itemId: videoUrl, videoType: 'video', videoUrl }) as QueueItem;

test.each([
  ['a file by link', 'https://films.example/one.mp4', 1],
  ['a film of the library, which has no link before it is shown', 'library:AAAAAAAAAAAAAAAAAAAAAA', 0],
])('LB8 %s is loaded beforehand, or is not', async (_, url, count) => {
  const made = vi.spyOn(document, 'createElement');
  await createFilmWarmUp().start(item(url));
  expect(made.mock.calls.filter(([name]) => name === 'video')).toHaveLength(count);
  made.mockRestore();
});
